import { isDeepStrictEqual } from "node:util";
import type { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionConcluded } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import {
  Conclusion,
  type ConcludeInteractionRequest,
} from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { askAfterInteraction } from "../../invitations/occasions.ts";
import { conclude } from "../interaction.ts";
import { interactions } from "../interactions.ts";
import { present } from "../present.ts";

export const concludeInteraction = command<ConcludeInteractionRequest, Interaction>(async (request, at) => {
  const before = await lock(at, interactions, request.interactionId);
  matchEtag(before, request.etag);
  const said = Conclusion.fromPartial(request.conclusion ?? {});
  const after = conclude(before, said, at.now, "conclusion");
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  const concluded = record(at, interactions, after, InteractionConcluded);
  await askAfterInteraction(at, concluded);
  return present(concluded);
});
