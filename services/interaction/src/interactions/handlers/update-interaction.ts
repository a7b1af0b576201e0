import { isDeepStrictEqual } from "node:util";
import { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import type { UpdateInteractionRequest } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change } from "../interaction.ts";
import { interactions } from "../interactions.ts";
import { present } from "../present.ts";

export const updateInteraction = command<UpdateInteractionRequest, Interaction>(async (request, at) => {
  const { interaction: sent, etag, updateMask } = request;
  const before = await lock(at, interactions, sent?.interactionId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Interaction, merge(Interaction, present(before), sent, updateMask), "interaction");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  return present(record(at, interactions, after, InteractionChanged));
});
