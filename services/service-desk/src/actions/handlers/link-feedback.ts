import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { CorrectiveActionChanged } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { LinkFeedbackRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import type { At } from "@guanxi/kit/at";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { find, lock, record } from "@guanxi/kit/store";
import { feedbacks } from "../../projections/feedbacks.ts";
import { linkFeedback as link } from "../action.ts";
import { actions } from "../actions.ts";
import { present } from "../present.ts";

export const linkFeedback = command<LinkFeedbackRequest, CorrectiveAction>(
  async ({ correctiveActionId, etag, feedbackIds }, at) => {
    const before = await lock(at, actions, correctiveActionId);
    matchEtag(before, etag);
    const after = link(before, feedbackIds, at.now);
    if (after === before) return present(before);
    await requireFeedback(at, feedbackIds);
    return present(record(at, actions, after, CorrectiveActionChanged));
  },
);

async function requireFeedback(at: At, ids: readonly string[]): Promise<void> {
  const known = new Set((await find(at, feedbacks, ids)).map(({ feedbackId }) => feedbackId));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  throw refuse("invalid", "UNKNOWN_FEEDBACK", `There is no feedback ${unknown} here.`, [
    { field: "feedback_ids", description: "names feedback that is not here", reason: "UNKNOWN_FEEDBACK" },
  ]);
}
