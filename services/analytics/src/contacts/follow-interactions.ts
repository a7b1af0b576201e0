import { rowsIn } from "@guanxi/bus/held";
import { onState } from "@guanxi/bus/reaction";
import { Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { copy, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { type InteractionFact, interactionFactOf } from "./interaction-fact.ts";
import { interactionFacts } from "./interaction-facts.ts";

const rows = rowsIn<Interaction, InteractionFact>(interactionFacts, (state, { version }) => [
  interactionFactOf(state, version),
]);

export const followInteractions = onState(
  Interaction,
  [interactionFacts.name],
  (changes, at) => {
    const { there, gone } = newestOf(changes);
    copy(
      at,
      interactionFacts,
      there.map(({ state, version }) => interactionFactOf(state, version)),
    );
    remove(at, interactionFacts, gone);
  },
  { rows: [rows] },
);
