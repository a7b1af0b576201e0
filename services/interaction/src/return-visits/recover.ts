// Somebody who is unhappy with us hears from us soon (R051).
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { makeTask } from "../tasks/make-task.ts";
import { isLow, type ReturnVisitState } from "./return-visit.ts";

const WITHIN_MS = 24 * 3_600_000;

export async function recover(at: At, visit: ReturnVisitState): Promise<void> {
  if (!isLow(visit)) return;
  const [customer] = await find(at, customers, [visit.customerId]);
  await makeTask(at, {
    kind: "RECOVERY",
    title: `Win ${customer?.displayName ?? "the customer"} back`,
    assigneeId: customer?.ownerId ?? visit.userId,
    customerId: visit.customerId,
    contactId: visit.contactId,
    dueTime: new Date(at.now.getTime() + WITHIN_MS),
    importance: 100,
    origin: {
      rule: "low_score",
      key: visit.returnVisitId,
      reason: `The customer rated our recent work ${visit.rating} of 5.`,
    },
  });
}
