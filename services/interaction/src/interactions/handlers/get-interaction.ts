import type { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { GetInteractionRequest } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { interactions } from "../interactions.ts";
import { present } from "../present.ts";

export const getInteraction = query<GetInteractionRequest, Interaction>(async ({ interactionId }, at) =>
  present(await get(at, interactions, interactionId)),
);
