import { LifecycleStageChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { type WinBack, WinBack_Outcome as Outcome } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { WinBackEnded } from "@guanxi/contract/guanxi/customer/v1/win_back_events";
import type { EndWinBackRequest } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { get, lock, record } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { getLiving } from "../../customers/living.ts";
import { policyOf } from "../../lifecycle/lifecycle-policies.ts";
import { isForeseen } from "../../lifecycle/lifecycle-policy.ts";
import { end, present, wonBack } from "../win-back.ts";
import { winBacks } from "../win-backs.ts";

export const endWinBack = command<EndWinBackRequest, WinBack>(async (request, at) => {
  const { winBackId, etag, outcome, outcomeNote, lifecycleStage } = request;
  const { customerId } = await getLiving(at, (await get(at, winBacks, winBackId)).customerId);
  // The customer first, as whoever starts a win-back locks them.
  const customer = await lock(at, customers, customerId);
  const before = await lock(at, winBacks, winBackId);
  matchEtag(before, etag);
  const after = end(before, nameOf(Outcome, outcome)!, outcomeNote, at.now);
  if (after === before) return present(before);
  if (after.outcome === "WON_BACK") await moveBack(at, customer, lifecycleStage, outcomeNote);
  return present(record(at, winBacks, after, WinBackEnded));
});

async function moveBack(at: At, customer: Parameters<typeof wonBack>[0], stage: number, note: string) {
  const back = wonBack(customer, stage, at.now);
  if (back === customer) return;
  const forced = !isForeseen(await policyOf(at), customer.lifecycleStage, back.lifecycleStage);
  const reason = note === "" ? "won back" : `won back: ${note}`;
  record(at, customers, back, LifecycleStageChanged, { reason, forced });
}
