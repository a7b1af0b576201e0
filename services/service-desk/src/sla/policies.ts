import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Case_Kind, Case_Priority } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { SlaTarget_Kind } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { EscalationStep_Tell, SlaPolicy } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy";
import { SlaPolicyCreated } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_events";
import type { At } from "@guanxi/kit/at";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { find, named, record } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { requireUser } from "@guanxi/kit/users";
import { EntitySchema } from "typeorm";
import { calendars } from "../calendars/calendars.ts";
import { column } from "../columns.ts";
import { firstFloor, firstPolicy } from "./first-policies.ts";
import type { SlaPolicyState } from "./policy.ts";

const policyTable = new EntitySchema<SlaPolicyState>({
  name: "sla_policy",
  tableName: "sla_policies",
  columns: {
    slaPolicyId: { name: "sla_policy_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    floor: { type: "bool" },
    rank: { type: "int" },
    caseKinds: { name: "case_kinds", type: "jsonb" },
    serviceCalendarId: { name: "service_calendar_id", type: "uuid", nullable: true },
    targets: { type: "jsonb" },
    entitlements: { type: "jsonb" },
    escalation: { type: "jsonb" },
    active: { type: "bool" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

/** The whole public state, as events carry it. */
export const present = (policy: SlaPolicyState): SlaPolicy => ({
  slaPolicyId: policy.slaPolicyId,
  displayName: policy.displayName,
  floor: policy.floor,
  rank: policy.rank,
  caseKinds: policy.caseKinds.map((kind) => numberOf(Case_Kind, kind)),
  serviceCalendarId: policy.serviceCalendarId ?? "",
  targets: policy.targets.map(({ priority, grade, ...minutes }) => ({
    ...minutes,
    priority: numberOf(Case_Priority, priority),
    grade: numberOf(Grade, grade),
  })),
  entitlements: policy.entitlements.map(({ grade, text }) => ({ grade: numberOf(Grade, grade), text })),
  escalation: policy.escalation.map(({ targetKind, tell, raisePriorityTo, ...step }) => ({
    ...step,
    targetKind: numberOf(SlaTarget_Kind, targetKind),
    tell: numberOf(EscalationStep_Tell, tell),
    raisePriorityTo: numberOf(Case_Priority, raisePriorityTo),
  })),
  active: policy.active,
  createTime: policy.createTime,
  updateTime: policy.updateTime,
  etag: etagOf(policy),
});

export const policies = table({ entity: policyTable, message: SlaPolicy, present });

/** What a condition over policies may name, as published at ListSlaPoliciesRequest.filter. */
export const policyFields = catalogue<SlaPolicyState>({ id: "sla_policy_id", side: "" }, [
  column("display_name", "text", ({ displayName }) => displayName),
  column("floor", "bool", ({ floor }) => floor),
  column("rank", "int", ({ rank }) => BigInt(rank)),
  column("active", "bool", ({ active }) => active),
  column("create_time", "time", ({ createTime }) => createTime),
]);

/** What holds: the floor, and the others in the order in which they are asked. */
const activePolicies = (at: At): Promise<SlaPolicyState[]> =>
  named<SlaPolicyState>(at, {
    name: "sla_policies active",
    text: `${policies.select} where active order by rank, create_time, sla_policy_id`,
    values: [],
  });

/** Every tenant has a floor and a policy from the beginning: made when the desk hears of the tenant, or needs them before. */
export async function ensurePolicies(at: At): Promise<SlaPolicyState[]> {
  const there = await activePolicies(at);
  if (there.length > 0) return there;
  at.claim("sla_policies first");
  await named(at, {
    name: "sla_policies hold",
    text: "select pg_advisory_xact_lock(hashtextextended('sla_policies ' || tenant()::text, 0))",
    values: [],
  });
  const made = await activePolicies(at); // the floor is never archived
  if (made.length > 0) return made;
  const first = [firstPolicy(at.newId(), at.now), firstFloor(at.newId(), at.now)];
  return record(at, policies, first, SlaPolicyCreated);
}

/** Refuses a calendar or a user that there is not. */
export async function requireKnown(at: At, { serviceCalendarId, escalation }: SlaPolicyState): Promise<void> {
  if (serviceCalendarId !== null && (await find(at, calendars, [serviceCalendarId])).length === 0)
    throw refuse("invalid", "UNKNOWN_SERVICE_CALENDAR", "There is no such service calendar.", [
      {
        field: "sla_policy.service_calendar_id",
        description: "is no calendar",
        reason: "UNKNOWN_SERVICE_CALENDAR",
      },
    ]);
  for (const [index, { userId }] of escalation.entries())
    await requireUser(at, userId, `sla_policy.escalation[${index}].user_id`);
}
