import { isDeepStrictEqual } from "node:util";
import { WinBack } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { WinBackChanged } from "@guanxi/contract/guanxi/customer/v1/win_back_events";
import type { UpdateWinBackRequest } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { change, present } from "../win-back.ts";
import { winBacks } from "../win-backs.ts";

export const updateWinBack = command<UpdateWinBackRequest, WinBack>(async (request, at) => {
  const before = await lock(at, winBacks, request.winBack?.winBackId ?? "");
  requireEtag(before, request.etag);
  const sent = at.check(
    WinBack,
    merge(WinBack, present(before), request.winBack, request.updateMask),
    "win_back",
  );
  const after = change(before, sent, at.today);
  if (isDeepStrictEqual(after, before)) return present(before);
  if (after.ownerId !== before.ownerId) await requireUser(at, after.ownerId, "win_back.owner_id");
  return present(record(at, winBacks, after, WinBackChanged));
});
