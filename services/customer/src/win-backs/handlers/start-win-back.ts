import { WinBack } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { WinBackStarted } from "@guanxi/contract/guanxi/customer/v1/win_back_events";
import type { StartWinBackRequest } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { customers } from "../../customers/customers.ts";
import { measureFor } from "../win-back-policy.ts";
import { policyOf } from "../win-back-policies.ts";
import { present, requireGone, start } from "../win-back.ts";
import { winBacks } from "../win-backs.ts";

export const startWinBack = command<StartWinBackRequest, WinBack>(async (request, at) => {
  const sent = WinBack.fromPartial(request.winBack ?? {});
  const [customer, policy] = await Promise.all([
    lock(at, customers, sent.customerId),
    policyOf(at),
    requireUser(at, sent.ownerId, "win_back.owner_id"),
  ]);
  const { now, today } = at;
  const measure = measureFor(policy, requireGone(customer));
  const winBack = start(sent, customer, { winBackId: at.newId(), measure, today, now });
  return present(record(at, winBacks, winBack, WinBackStarted));
});
