import { enqueue } from "@guanxi/bus/enqueue";
import type { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { ResendMessageRequest } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { actingUser } from "@guanxi/kit/users";
import { takeOf } from "../../mail/sending/due-messages.ts";
import { SEND_MESSAGE } from "../../messages/plan-message.ts";
import { resend } from "../../messages/resend.ts";
import { interactions } from "../interactions.ts";
import { present } from "../present.ts";

export const resendMessage = command<ResendMessageRequest, Interaction>(async (request, at) => {
  takeOf(at, request.interactionId);
  const before = await lock(at, interactions, request.interactionId);
  matchEtag(before, request.etag);
  const after = resend(before, actingUser(at), at.now);
  enqueue(at, SEND_MESSAGE, after.interactionId);
  return present(record(at, interactions, after, InteractionChanged));
});
