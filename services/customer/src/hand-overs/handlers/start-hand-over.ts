import { HandOver } from "@guanxi/contract/guanxi/customer/v1/hand_over";
import { HandOverStarted } from "@guanxi/contract/guanxi/customer/v1/hand_over_events";
import type { StartHandOverRequest } from "@guanxi/contract/guanxi/customer/v1/hand_over_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { beginHandOver } from "../hand-over-job.ts";
import { present, start } from "../hand-over.ts";
import { giveTurns, handOvers } from "../hand-overs.ts";

export const startHandOver = command<StartHandOverRequest, HandOver>(async (request, at) => {
  const sent = HandOver.fromPartial(request.handOver ?? {});
  const starting = { handOverId: at.newId(), starter: at.principal, now: at.now };
  const { fromUserId, toUserIds, handOverId } = start(sent, { ...starting, customerCount: 0 });
  await Promise.all(toUserIds.map((userId) => requireUser(at, userId, "hand_over.to_user_ids")));
  const customerCount = await giveTurns(at, handOverId, fromUserId);
  beginHandOver(at, handOverId);
  return present(record(at, handOvers, start(sent, { ...starting, customerCount }), HandOverStarted));
});
