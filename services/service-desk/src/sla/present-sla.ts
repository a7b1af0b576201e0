import { type Sla, SlaTarget_Kind, SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { numberOf } from "@guanxi/kit/enum-names";
import type { StoredSla } from "./sla-of.ts";

export const presentSla = (sla: StoredSla): Sla => ({
  slaPolicyId: sla.slaPolicyId,
  slaPolicyName: sla.slaPolicyName,
  serviceCalendarId: sla.serviceCalendarId,
  entitlement: sla.entitlement,
  targets: sla.targets.map((target) => ({
    kind: numberOf(SlaTarget_Kind, target.kind),
    state: numberOf(SlaTarget_State, target.state),
    targetSeconds: BigInt(target.targetSeconds),
    dueTime: timeOf(target.dueTime),
    metTime: timeOf(target.metTime),
    breachTime: timeOf(target.breachTime),
    elapsedSeconds: BigInt(target.elapsedSeconds),
    stated: target.stated,
  })),
});

const timeOf = (iso: string | null) => (iso === null ? undefined : new Date(iso));
