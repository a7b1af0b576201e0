// Hands a leaver's customers over, a batch at a time: each batch with its events and its turns is one transaction, so a kill
// between two loses nothing and repeats nothing.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { OwnerChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { HandOverCompleted } from "@guanxi/contract/guanxi/customer/v1/hand_over_events";
import type { At } from "@guanxi/kit/at";
import { get, lock, lockFound, record } from "@guanxi/kit/store";
import type { CustomerState } from "../customers/customer-state.ts";
import { reassign } from "../customers/customer.ts";
import { customers } from "../customers/customers.ts";
import { complete, type HandOverState, takerOf } from "./hand-over.ts";
import { countsOf, endTurns, handOvers, nextTurns } from "./hand-overs.ts";

/** The job of a hand-over; its subject is the hand-over's id. */
const HAND_OVER = "hand over";
const AT_ONCE = 100;

export const beginHandOver = (at: At, handOverId: string): void => enqueue(at, HAND_OVER, handOverId);

export const handOverJob: Job = {
  name: HAND_OVER,
  async run({ tenantId, subjectId, signal }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const service = { tenantId, timeZone, currencyCode, actor: "customer/hand-over" };
    const { starter } = await act(service, (at) => get(at, handOvers, subjectId));
    // Whoever has begun it hands over each: their name stands in the history, whoever's process does it.
    const as = {
      ...service,
      principal: starter,
      cause: { correlationId: subjectId, causationId: subjectId },
    };
    for (let more = true; more; ) {
      signal.throwIfAborted();
      more = await act(as, (at) => handOverSome(at, subjectId));
    }
  },
};

/** Whether there are more. Two at once take turns: the second waits for the row of the hand-over. */
async function handOverSome(at: At, handOverId: string): Promise<boolean> {
  const handOver = await lock(at, handOvers, handOverId);
  if (handOver.state === "COMPLETED") return false;
  const turns = await nextTurns(at, handOverId, AT_ONCE);
  if (turns.length === 0) {
    const counts = (await countsOf(at, [handOverId])).get(handOverId);
    const done = complete(handOver, counts ?? { handedOverCount: 0, skippedCount: 0 }, at.now);
    record(at, handOvers, done, HandOverCompleted);
    return false;
  }
  const found = await lockFound(
    at,
    customers,
    turns.map(({ customerId }) => customerId),
  );
  const theirs = new Map(
    found.filter((customer) => isTheirs(customer, handOver)).map((each) => [each.customerId, each]),
  );
  const handed = turns.flatMap(({ turn, customerId }) => {
    const customer = theirs.get(customerId);
    return customer ? [reassign(customer, takerOf(handOver, turn), at.now)] : [];
  });
  record(at, customers, handed, OwnerChanged, { reason: handOver.reason, handOverId });
  const outcome = (id: string) => (theirs.has(id) ? "HANDED_OVER" : "SKIPPED");
  endTurns(
    at,
    handOverId,
    turns.map(({ turn, customerId }) => ({ turn, outcome: outcome(customerId) })),
  );
  return true;
}

const isTheirs = ({ ownerId, state }: CustomerState, { fromUserId }: HandOverState): boolean =>
  ownerId === fromUserId && state !== "MERGED";
