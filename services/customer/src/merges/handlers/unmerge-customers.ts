import { CustomerSeparated, CustomersUnmerged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { Merge, UnmergeCustomersRequest } from "@guanxi/contract/guanxi/customer/v1/merge_service";
import type { At } from "@guanxi/kit/at";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { find, get, lockFound, record } from "@guanxi/kit/store";
import { customers, requireFree } from "../../customers/customers.ts";
import { oneAtATime } from "../../customers/one-at-a-time.ts";
import { answer } from "../../customers/present.ts";
import { pathsOf } from "../../customers/resolve.ts";
import { undo, type World } from "../merge.ts";
import { keepMerges, merges, mergesInForce, type MergeState } from "../merges.ts";
import { lockBrought, takeContactsBack } from "../move-contacts.ts";
import { present } from "../present.ts";

export const unmergeCustomers = command<UnmergeCustomersRequest, Merge>(async ({ mergeId, reason }, at) => {
  await oneAtATime(at, ["merges"]);
  const merge = await get(at, merges, mergeId);
  if (merge.undoTime) throw refuse("precondition", "MERGE_UNDONE", "The merge has been undone before.");
  const line = (await pathsOf(at, [merge.survivorId])).map(({ customerId }) => customerId);
  const { world, kept } = await worldOf(at, merge, line);
  const { survivors, separated, rebased } = undo(merge, world, at.now);
  await Promise.all(separated.map((each) => requireFree(at, each, line)));
  const separatedCustomerIds = separated.map(({ customerId }) => customerId);
  // The survivors first, since ids and codes are theirs until then.
  const [survivor] = record(at, customers, [...survivors], CustomersUnmerged, {
    mergeId,
    separatedCustomerIds,
    reason,
  });
  record(at, customers, [...separated], CustomerSeparated, { mergeId, survivorCustomerId: merge.survivorId });
  await takeContactsBack(at, mergeId, line);
  const undone = { ...merge, undoTime: at.now, undoActor: at.principal, undoReason: reason };
  keepMerges(at, [undone, ...rebased.map((each) => ({ ...kept.get(each.mergeId)!, ...each }))]);
  return present(undone, answer(survivor!, at));
});

/** Nobody else merges meanwhile, so who belongs to whom stands still; what the customers are does so once they are locked. */
async function worldOf(at: At, merge: MergeState, line: readonly string[]) {
  const ids = (await mergesInForce(at, line)).map(({ mergeId }) => mergeId);
  const all = (await find(at, merges, ids)).filter(({ mergeId }) => mergeId !== merge.mergeId);
  const absorbed = [merge, ...all].flatMap((each) => each.absorbed.map(({ customerId }) => customerId));
  await lockBrought(at, merge.mergeId, line);
  const locked = await lockFound(at, customers, [...new Set([...line, ...absorbed])]);
  const world: World = {
    customers: new Map(locked.map((each) => [each.customerId, each])),
    merges: all,
  };
  return { world, kept: new Map(all.map((each) => [each.mergeId, each])) };
}
