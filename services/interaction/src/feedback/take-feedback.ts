// Feedback comes in, from whatever source: somebody is to answer it by a day.
import { FeedbackReceived } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import { find, record } from "@guanxi/kit/store";
import { watchDeadline } from "./deadline.ts";
import { receive, type Received } from "./feedback.ts";
import type { FeedbackState } from "./feedback-state.ts";
import { allFeedback } from "./feedback-table.ts";
import { policyOf } from "./policies.ts";

export async function takeFeedback(at: At, received: Received): Promise<FeedbackState> {
  const { now, timeZone, newId } = at;
  const [policy, [customer]] = await Promise.all([
    policyOf(at),
    find(at, customers, received.customerId ? [received.customerId] : []),
  ]);
  const ownerId = received.ownerId ?? customer?.ownerId ?? null;
  const taken = receive(received, { feedbackId: newId(), now, dayOf: dayIn(timeZone), policy, ownerId });
  watchDeadline(at, taken);
  return record(at, allFeedback, taken, FeedbackReceived);
}
