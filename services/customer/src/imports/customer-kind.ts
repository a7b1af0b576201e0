// Files that become customers.
import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  CustomerChanged,
  CustomerRegistered,
  CustomerRemoved,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { importKind, type ImportRun, type Planned, type Unit } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { change, grade, judge, reassign, reclassify, register } from "../customers/customer.ts";
import type { CustomerState, Setting } from "../customers/customer-state.ts";
import { customers } from "../customers/customers.ts";
import { present } from "../customers/present.ts";
import { settingOf } from "../customers/setting.ts";
import { allDefinitions } from "../field-definitions/field-definitions.ts";
import { enter } from "../lifecycle/stages.ts";
import { externalIdOf, textOf, type Values } from "./cells.ts";
import { consented } from "./consents.ts";
import { customerFields } from "./customer-fields.ts";
import { customerOf, type Row } from "./customer-row.ts";
import { faultOf } from "./faults.ts";
import { changedSince, DERIVED, restore, SAID, withoutRepeated } from "./moved.ts";
import { categoriesNamed, type Lookup, ownersNamed } from "./references.ts";
import { similar } from "./similar.ts";
import { withoutTaken } from "./taken-keys.ts";
import { CLASSES, GRADES, LEVELS, meant, STAGES } from "./words.ts";

export const customerKind = importKind<CustomerState>({
  name: "customer",
  resource: "customer",
  fields: async (at) => customerFields(await allDefinitions(at)),
  key: ["external_id"],
  table: customers,
  events: { created: CustomerRegistered, changed: CustomerChanged, removed: CustomerRemoved },
  derived: DERIVED,
  said: SAID,
  changedSince,
  restore,
  known,
  needed,
  plan,
  alike: similar,
});

async function known(at: At, sourceSystem: string, keys: readonly string[]) {
  const rows = await named<{ key: string; id: string }>(at, {
    name: "import customers known",
    text: "select key, customer_id as id from customer_keys where kind = 'external_ids.' || $1 and key = any($2::text[])",
    values: [sourceSystem, keys],
  });
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** Sales has sold to them, or they were merged, which cannot be undone without them. */
async function needed(at: At, ids: readonly string[]) {
  const rows = await named<{ id: string }>(at, {
    name: "import customers needed",
    text: `
select distinct customer_id as id from purchases where customer_id = any($1::uuid[])
union select customer_id from customers
where customer_id = any($1::uuid[]) and (state = 'MERGED' or absorbed_customer_ids <> '[]')`,
    values: [ids],
  });
  return new Set(rows.map(({ id }) => id));
}

interface Knowledge {
  readonly at: At;
  readonly run: ImportRun;
  readonly setting: Setting;
  readonly owner: Lookup;
  readonly category: Lookup;
}

async function plan(at: At, units: readonly Unit<CustomerState>[], run: ImportRun) {
  const textsOf = (field: string) => units.map(({ rows }) => textOf(rows[0]!.values, field));
  const [setting, owner, category] = await Promise.all([
    settingOf(at),
    ownersNamed(at, textsOf("owner")),
    categoriesNamed(at, textsOf("category")),
  ]);
  const knowledge = { at, run, setting, owner, category };
  const all = units.map((unit) => planned(unit, knowledge));
  return withoutTaken(at, await withoutRepeated(at, units, all));
}

function planned({ key, rows, before }: Unit<CustomerState>, knowledge: Knowledge): Planned<CustomerState> {
  const { at, run, setting } = knowledge;
  const { values } = rows[0]!;
  const row: Row = { values, mapped: run.mapped, externalId: externalIdOf(run.sourceSystem, key) };
  const references = referencesOf(row, before, knowledge);
  if ("fault" in references) return references;
  let places: ReadonlyMap<string, string> = new Map();
  try {
    const sent = customerOf(row, before && present(before));
    places = sent.places;
    const customer = at.check(Customer, sent.customer, "customer");
    const after = before ? change(before, customer, setting) : register(customer, at.newId(), setting);
    const tagged = { ...after, tags: [...new Set(customer.tags)].sort() };
    const evidence = `import ${run.importId}`;
    return {
      state: consented(judged(tagged, row, references, setting.now), { values, evidence, now: setting.now }),
    };
  } catch (error) {
    return { fault: faultOf(error, run.mapped, places) };
  }
}

type References = { readonly ownerId: string | null; readonly categoryId: string | null };

/** An empty cell leads to nobody; without a column all stays as it is. */
function referencesOf(
  { values, mapped }: Row,
  before: CustomerState | undefined,
  { owner, category }: Knowledge,
) {
  const found = { ownerId: before?.ownerId ?? null, categoryId: before?.categoryId ?? null };
  for (const [field, key, lookup] of [
    ["owner", "ownerId", owner],
    ["category", "categoryId", category],
  ] as const) {
    if (!mapped.has(field)) continue;
    const answer = textOf(values, field).trim() === "" ? { id: null } : lookup(textOf(values, field));
    if ("fault" in answer) return answer;
    found[key] = answer.id;
  }
  return found satisfies References;
}

/** What has a verb of its own elsewhere. A stage and a class there always are, so an empty cell leaves them. */
function judged(
  customer: CustomerState,
  row: Row,
  { ownerId, categoryId }: References,
  now: Date,
): CustomerState {
  const { values, mapped } = row;
  const owned = reclassify(reassign(customer, ownerId, now), categoryId, now);
  const stage = meant(STAGES, textOf(values, "lifecycle_stage")) ?? owned.lifecycleStage;
  // Who comes back by a file has no reason for having gone any more.
  const staged = stage === owned.lifecycleStage ? owned : enter(owned, stage, null, now);
  const classed = judge(
    staged,
    "customerClass",
    meant(CLASSES, textOf(values, "customer_class")) ?? staged.customerClass,
    now,
  );
  const level = meant(LEVELS, textOf(values, "relationship_level")) ?? null;
  const levelled = mapped.has("relationship_level")
    ? judge(classed, "relationshipLevel", level, now)
    : classed;
  return mapped.has("grade") ? graded(levelled, values, now) : levelled;
}

/** An empty cell takes a person's word away, and not the value model's. */
function graded(customer: CustomerState, values: Values, now: Date): CustomerState {
  const found = customer.gradeSource === "MODEL" ? customer.grade : null;
  return grade(customer, meant(GRADES, textOf(values, "grade")) ?? null, found, now);
}
