import { rowsIn } from "@guanxi/bus/held";
import { onState } from "@guanxi/bus/reaction";
import { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { copy, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { type FeedbackFact, feedbackFactOf } from "./feedback-fact.ts";
import { feedbackFacts } from "./feedback-facts.ts";

const rows = rowsIn<Feedback, FeedbackFact>(feedbackFacts, (state, { version }) => [
  feedbackFactOf(state, version),
]);

export const followFeedback = onState(
  Feedback,
  [feedbackFacts.name],
  (changes, at) => {
    const { there, gone } = newestOf(changes);
    copy(
      at,
      feedbackFacts,
      there.map(({ state, version }) => feedbackFactOf(state, version)),
    );
    remove(at, feedbackFacts, gone);
  },
  { rows: [rows] },
);
