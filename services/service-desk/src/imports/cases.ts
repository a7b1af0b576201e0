// Files of cases and complaints, with or without what has become of them.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CaseChanged, CaseOpened, CaseRemoved } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { customers } from "@guanxi/directory/customers";
import { customersNamed, usersNamed } from "@guanxi/directory/references";
import {
  type Field,
  type ImportRun,
  importKind,
  type Kind,
  type Planned,
  type Restored,
  type Unit,
} from "@guanxi/import/service/kind";
import { planned } from "@guanxi/import/service/planned";
import type { Lookup } from "@guanxi/import/service/references";
import { textIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { find, named } from "@guanxi/kit/store";
import { withSteps } from "../cases/case.ts";
import { takeNumbers } from "../cases/case-numbers.ts";
import type { CaseKind, CaseState } from "../cases/case-state.ts";
import { isOpen } from "../cases/case-status.ts";
import { cases } from "../cases/cases.ts";
import { isWithoutSteps } from "../cases/checklist.ts";
import { stepsForAll } from "../processes/case-processes.ts";
import { CASE_FIELDS, COMPLAINT_FIELDS } from "./case-fields.ts";
import { caseOf, type CaseSetting } from "./case-row.ts";
import { type CaseGrades, type Pair, restoreCases, withClocks } from "./clocks.ts";
import { productsNamed } from "./products-named.ts";

const kindOfFiles = (name: string, fields: readonly Field[], kind: CaseKind | null): Kind =>
  importKind<CaseState>({
    name,
    resource: "case",
    fields: async () => fields,
    key: ["external_id"],
    // An event log has many rows of one case.
    grouped: true,
    table: cases,
    events: { created: CaseOpened, changed: CaseChanged, removed: CaseRemoved },
    known: casesByExternalId,
    needed: neededCases,
    derived: ["sla", "due_time", "due_order", "breached", "escalation_level", "grade"],
    restore,
    plan: (at, units, run) => plan(at, units, run, kind),
  });

export const caseKind = kindOfFiles("case", CASE_FIELDS, null);
export const complaintKind = kindOfFiles("complaint", COMPLAINT_FIELDS, "COMPLAINT");

async function plan(
  at: At,
  units: readonly Unit<CaseState>[],
  run: ImportRun,
  kind: CaseKind | null,
): Promise<Planned<CaseState>[]> {
  const setting = await settingOf(at, units, run, kind);
  const all = units.map((unit) => planned(() => caseOf(unit, setting), fieldOf));
  const pairs = all.flatMap((each, index) =>
    "state" in each ? [{ before: units[index]!.before, after: each.state }] : [],
  );
  const clocked = (await withClocks(at, await withChecklists(at, pairs))).values();
  let number = await firstNumber(at, pairs);
  return all.map((each): Planned<CaseState> => {
    if ("fault" in each) return each;
    const state = clocked.next().value!;
    return { state: state.version > 0 ? state : { ...state, number: number++ } };
  });
}

/** Of what is open: what is over is done. */
async function withChecklists(at: At, pairs: readonly Pair[]): Promise<Pair[]> {
  const isAsked = ({ before, after }: Pair) =>
    isOpen(after) && (!before || before.kind !== after.kind || isWithoutSteps(before, after));
  const asked = pairs.filter(isAsked).map(({ after }) => after);
  if (asked.length === 0) return [...pairs];
  const stepsOf = await stepsForAll(at, asked);
  return pairs.map((pair) =>
    isAsked(pair) ? { ...pair, after: withSteps(pair.after, stepsOf(pair.after)) } : pair,
  );
}

async function restore(at: At, records: readonly Restored<CaseState>[]): Promise<CaseState[]> {
  const gradeOf = await gradesOf(
    at,
    records.flatMap(({ before }) => before.customerId ?? []),
  );
  return restoreCases(at, records, gradeOf);
}

async function gradesOf(at: At, customerIds: readonly string[]): Promise<CaseGrades> {
  const known = await find(at, customers, [...new Set(customerIds)]);
  const grades = new Map(known.map(({ customerId, grade }) => [customerId, nameOf(Grade, grade)]));
  return (customerId) => grades.get(customerId ?? "") ?? null;
}

async function firstNumber(at: At, pairs: readonly Pair[]): Promise<bigint> {
  const count = pairs.filter(({ before }) => !before).length;
  return count === 0 ? 0n : takeNumbers(at, count);
}

/** case.external_ids[0].id is filled by external_id. */
const fieldOf = (path: string) => {
  const name = path.split(".").slice(1).at(-1)?.split("[")[0] ?? "";
  return name === "id" ? "external_id" : name;
};

async function settingOf(
  at: At,
  units: readonly Unit<CaseState>[],
  run: ImportRun,
  kind: CaseKind | null,
): Promise<CaseSetting> {
  const rows = units.map((unit) => unit.rows.at(-1)!);
  const cells = (field: string) =>
    new Set(rows.map((row) => textIn(row, field)).filter((text) => text !== ""));
  const [customer, product, user, queues] = await Promise.all([
    customersNamed(at, run.sourceSystem, cells("customer")),
    productsNamed(at, run.sourceSystem, cells("product")),
    usersNamed(at, run.sourceSystem, cells("assignee")),
    queuesNamed(at, [...cells("team")]),
  ]);
  const meant = [...cells("customer")].flatMap((cell) => idIn(customer, cell));
  const before = units.flatMap((unit) => unit.before?.customerId ?? []);
  return {
    at,
    run,
    kind,
    customers: customer,
    products: product,
    users: user,
    queues,
    gradeOf: await gradesOf(at, [...meant, ...before]),
  };
}

function idIn(lookup: Lookup, cell: string): string[] {
  const meant = lookup(cell);
  return "id" in meant ? [meant.id] : [];
}

/** Those of another system that are here already: its id to ours. */
async function casesByExternalId(
  at: At,
  system: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await named<{ id: string; caseId: string }>(at, {
    name: "cases by external id",
    text: `select k.external_id as id, k.case_id as "caseId" from case_keys k
      where k.system = $1 and k.external_id = any($2::text[])`,
    values: [system, ids],
  });
  return new Map(rows.map(({ id, caseId }) => [id, caseId]));
}

async function queuesNamed(at: At, names: readonly string[]): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await named<{ name: string; id: string }>(at, {
    name: "queues by name",
    text: "select display_name as name, queue_id as id from queues where display_name = any($1::text[])",
    values: [names],
  });
  return new Map(rows.map(({ name, id }) => [name, id]));
}

/** A need, another case or a conversation goes on from them. */
async function neededCases(at: At, ids: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ id: string }>(at, {
    name: "cases needed",
    text: `select case_id as id from needs where case_id = any($1::uuid[])
      union select split_from_case_id from cases where split_from_case_id = any($1::uuid[])
      union select merged_into_case_id from cases where merged_into_case_id = any($1::uuid[])`,
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}
