import type { Table } from "@guanxi/kit/table";
import { withTeam } from "../measures/with-team.ts";
import type { InteractionFact } from "./interaction-fact.ts";
import { interactionFacts } from "./interaction-facts.ts";

export interface SeenInteraction extends InteractionFact {
  readonly teamId: string | null;
}

export const { source: SEEN_INTERACTIONS, table: seenInteractions } = withTeam(
  // The table of the facts, to which withTeam adds the columns that make them what is seen.
  interactionFacts as unknown as Table<SeenInteraction>,
  "user_id",
);
