// What somebody of us should look at, since another service has said so. Effects see what happens live, and never again.
import { on } from "@guanxi/bus/reaction";
import { ValueDropped } from "@guanxi/contract/guanxi/analytics/v1/customer_value_events";
import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseEscalated, SlaBreached } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { SlaTarget_Kind } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { find } from "@guanxi/kit/store";
import { makeTask } from "./make-task.ts";

const DAY_MS = 86_400_000;

/** R031: act before the customer leaves. */
export const alertValueDropped = on(ValueDropped, async ({ meta, customerValue, dropShare, cause }, at) => {
  if (!meta || !customerValue) return;
  const { customerId } = customerValue;
  const [customer] = await find(at, customers, [customerId]);
  const share = `${Math.round(dropShare * 100)} %`;
  await makeTask(at, {
    kind: "ALERT",
    title: `Keep ${customer?.displayName ?? "the customer"}: the value has fallen by ${share}`,
    assigneeId: customer?.ownerId ?? null,
    customerId,
    dueTime: new Date(at.now.getTime() + DAY_MS),
    origin: {
      rule: "value_dropped",
      key: meta.eventId,
      reason: `The value of the customer has fallen by ${share}. ${cause}`.trim(),
    },
  });
});

const TARGETS = {
  FIRST_RESPONSE: "first answer",
  NEXT_RESPONSE: "next answer",
  RESOLUTION: "solution",
} as const;

export const alertBreach = on(SlaBreached, async ({ meta, case: broken, targetKind }, at) => {
  if (!meta || !broken) return;
  const kind = nameOf(SlaTarget_Kind, targetKind);
  const what = `The ${kind ? TARGETS[kind] : "answer"} of case ${broken.number} is late`;
  const origin = {
    rule: "sla_breached",
    key: meta.eventId,
    reason: `${what}: the promised time has passed.`,
  };
  await alertOf(at, broken, { title: what, assigneeId: broken.assigneeId, origin });
});

export const alertEscalation = on(CaseEscalated, async ({ meta, case: raised, toldUserId, reason }, at) => {
  if (!meta || !raised) return;
  const what = `Case ${raised.number} needs you`;
  const origin = {
    rule: "case_escalated",
    key: meta.eventId,
    reason: reason || `${what}: it was escalated.`,
  };
  await alertOf(at, raised, { title: what, assigneeId: toldUserId || raised.assigneeId, origin });
});

interface Alert {
  readonly title: string;
  readonly assigneeId: string;
  readonly origin: { readonly rule: string; readonly key: string; readonly reason: string };
}

/** Where the case is nobody's and its queue has no lead, whoever looks after the customer; else it is for all who are free. */
async function alertOf(at: At, { caseId, customerId, contactId }: Case, alert: Alert): Promise<void> {
  const assigneeId = alert.assigneeId || (await ownerOf(at, customerId));
  await makeTask(at, {
    kind: "ALERT",
    ...{ ...alert, assigneeId, caseId, customerId, contactId, dueTime: at.now },
  });
}

async function ownerOf(at: At, customerId: string): Promise<string | null> {
  const [customer] = await find(at, customers, [customerId]);
  return customer?.ownerId ?? null;
}
