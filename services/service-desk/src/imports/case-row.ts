// What a row says of a case. It says what was, so that no rule of the work on cases is asked of it: history has closed complaints
// whose cause nobody noted.
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { Case_Resolution, Case_RootCause } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { ImportRun, TypedRow, Unit } from "@guanxi/import/service/kind";
import { rowFault } from "@guanxi/import/service/planned";
import type { Lookup } from "@guanxi/import/service/references";
import { referred } from "@guanxi/import/service/referred";
import { numberIn, textIn, textsIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import type { NameOf } from "@guanxi/kit/enum-names";
import { phaseOf } from "../cases/case.ts";
import { type CaseGrade, type CaseKind, type CaseState, withSla } from "../cases/case-state.ts";
import { nowAfter } from "../cases/keep.ts";
import { present } from "../cases/present.ts";
import { kindIn, originIn, priorityIn } from "./case-words.ts";
import { courseOf } from "./case-course.ts";
import { statedIn, UNMEASURED } from "./stated.ts";

export interface CaseSetting {
  readonly at: At;
  readonly run: ImportRun;
  /** Of all rows, where the kind of files says it. */
  readonly kind: CaseKind | null;
  readonly customers: Lookup;
  readonly products: Lookup;
  readonly users: Lookup;
  /** Queues by their names. */
  readonly queues: ReadonlyMap<string, string>;
  gradeOf(customerId: string | null): CaseGrade | null;
}

/** Of rows that tell of one case, as an event log has them, the last one holds. */
export function caseOf({ rows, before, isMade }: Unit<CaseState>, setting: CaseSetting): CaseState {
  const { at } = setting;
  const row = rows.at(-1)!;
  const base = before ?? blank(at);
  requireNotMerged(base);
  const now = nowAfter(base, at);
  const who = whoOf(row, base, setting);
  const state = {
    ...base,
    ...whatOf(row, base, setting),
    ...endOf(row, base, setting),
    ...who,
    ...courseOf(row, base, {
      now,
      dayOf: dayIn(at.timeZone),
      mapped: setting.run.mapped,
      assigneeId: who.assigneeId,
      isMade,
    }),
    updateTime: now,
  };
  if (state.kind === "COMPLAINT" && state.status === "CANCELLED")
    throw rowFault("status", "COMPLAINT_STAYS", "A complaint is never cancelled: say how it was resolved.");
  const { sla } = base;
  const stated = statedIn(row, state);
  const kept = sla.targets.filter(({ kind }) => stated.every((each) => each.kind !== kind));
  const told = withSla(state, { ...sla, targets: [...stated, ...kept] });
  at.check(Case, present(told), "case");
  return told;
}

/** Its work goes on in another one. */
function requireNotMerged({ number, mergedIntoCaseId }: CaseState): void {
  if (mergedIntoCaseId !== null)
    throw rowFault(
      "external_id",
      "CASE_MERGED",
      `Case ${number} was merged into the case ${mergedIntoCaseId}: leave the row out, or change that case.`,
    );
}

const blank = ({ now, today, newId }: At): CaseState =>
  withSla(
    {
      caseId: newId(),
      number: 0n, // given when all rows are read
      kind: "QUESTION" as const,
      phase: null,
      origin: null,
      subject: "",
      description: "",
      topic: null,
      priority: "NORMAL" as const,
      customerId: null,
      contactId: null,
      orderId: null,
      productId: null,
      serialNumber: null,
      conversationId: null,
      status: "NEW" as const,
      statusSinceTime: now,
      queueId: null,
      assigneeId: null,
      assignTime: null,
      requiredSkills: [],
      routing: null,
      grade: null,
      escalationLevel: 0,
      acknowledgeTime: null,
      firstResponseTime: null,
      resolveTime: null,
      closeTime: null,
      resolution: null,
      resolutionNote: "",
      rootCause: null,
      rootCauseNote: "",
      reopenCount: 0,
      reassignmentCount: 0,
      customerContactCount: 1,
      steps: [],
      processVersion: "",
      mergedIntoCaseId: null,
      splitFromCaseId: null,
      correctiveActionId: null,
      externalIds: [],
      tags: [],
      openTime: now,
      openDate: today,
      createTime: now,
      updateTime: now,
      version: 0,
    },
    UNMEASURED,
  );

type Said = <T>(field: string, value: T, before: T) => T;

/** What the file does not speak of stays as it was. */
const saidIn =
  ({ run: { mapped } }: CaseSetting): Said =>
  (field, value, before) =>
    mapped.has(field) ? value : before;

function whatOf(row: TypedRow, base: CaseState, setting: CaseSetting) {
  const said = saidIn(setting);
  const text = (field: string) => textIn(row, field);
  const externalId = text("external_id");
  const topic = said("topic", topicIn(row), base.topic);
  const kind = setting.kind ?? kindIn(text("kind")) ?? base.kind;
  if (base.kind === "COMPLAINT" && kind !== "COMPLAINT")
    throw rowFault(
      "kind",
      "COMPLAINT_STAYS",
      "A complaint needs an answer, so it never becomes another kind.",
    );
  // Mails and lists need something to show.
  const subject = [text("subject"), base.subject, topic, externalId].find(Boolean) ?? kind;
  return {
    kind,
    topic,
    subject,
    description: said("description", text("description"), base.description),
    phase: phaseIn(row) ?? base.phase ?? phaseOf(kind, []),
    origin: originIn(text("origin")) ?? base.origin,
    priority: priorityIn(text("priority")) ?? base.priority,
    serialNumber: said("serial_number", textOrNone(row, "serial_number"), base.serialNumber),
    externalIds: withExternalId(base.externalIds, setting.run.sourceSystem, externalId),
  };
}

const textOrNone = (row: TypedRow, field: string) => textIn(row, field) || null;
const topicIn = (row: TypedRow) => textsIn(row, "topic").filter(Boolean).join("/") || null;
const phaseIn = (row: TypedRow) => textOrNone(row, "phase") as CaseState["phase"];

function endOf(row: TypedRow, base: CaseState, setting: CaseSetting) {
  const said = saidIn(setting);
  const text = (field: string) => textIn(row, field);
  return {
    resolution: said("resolution", nameIn<typeof Case_Resolution>(text("resolution")), base.resolution),
    resolutionNote: said("resolution_note", text("resolution_note"), base.resolutionNote),
    rootCause: said("root_cause", nameIn<typeof Case_RootCause>(text("root_cause")), base.rootCause),
    rootCauseNote: said("root_cause_note", text("root_cause_note"), base.rootCauseNote),
    reopenCount: countIn(row, "reopen_count") ?? base.reopenCount,
    reassignmentCount: countIn(row, "reassignment_count") ?? base.reassignmentCount,
  };
}

/** The kind of the column has looked whether it is one of the names. */
const nameIn = <E extends Readonly<Record<string, number>>>(text: string) =>
  (text || null) as NameOf<E> | null;

function countIn(row: TypedRow, field: string): number | undefined {
  const count = numberIn(row, field);
  if (count === undefined || (Number.isInteger(count) && count >= 0 && count < 1e6)) return count;
  throw rowFault(field, "INVALID_VALUE", "The value must be a whole number from 0 on.");
}

const TEAM = "team:";

function whoOf(row: TypedRow, base: CaseState, setting: CaseSetting) {
  const { mapped } = setting.run;
  const customerId = mapped.has("customer") ? referred(row, "customer", setting.customers) : base.customerId;
  const team = textIn(row, "team");
  const queueId = setting.queues.get(team);
  const old = mapped.has("team") ? base.tags.filter((tag) => !tag.startsWith(TEAM)) : base.tags;
  const teamTag = team && queueId === undefined ? [TEAM + team] : [];
  return {
    customerId,
    grade: setting.gradeOf(customerId),
    productId: mapped.has("product") ? referred(row, "product", setting.products) : base.productId,
    queueId: mapped.has("team") ? (queueId ?? null) : base.queueId,
    assigneeId: mapped.has("assignee") ? referred(row, "assignee", setting.users) : base.assigneeId,
    tags: [...new Set([...old, ...textsIn(row, "tags").filter(Boolean), ...teamTag])],
  };
}

/** An id that is not said changes nothing. */
function withExternalId(
  before: CaseState["externalIds"],
  system: string,
  id: string,
): CaseState["externalIds"] {
  const known = before.some((each) => each.system === system && each.id === id);
  return id === "" || known ? before : [...before, { system, id }];
}
