import type { Table } from "@guanxi/kit/table";
import { withTeam } from "../measures/with-team.ts";
import type { FeedbackFact } from "./feedback-fact.ts";
import { feedbackFacts } from "./feedback-facts.ts";

export interface SeenFeedback extends FeedbackFact {
  readonly teamId: string | null;
}

export const { source: SEEN_FEEDBACK, table: seenFeedback } = withTeam(
  // The table of the facts, to which withTeam adds the columns that make them what is seen.
  feedbackFacts as unknown as Table<SeenFeedback>,
  "owner_id",
);
