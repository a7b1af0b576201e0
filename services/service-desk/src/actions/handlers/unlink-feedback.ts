import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { CorrectiveActionChanged } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { UnlinkFeedbackRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { unlinkFeedback as unlink } from "../action.ts";
import { actions } from "../actions.ts";
import { present } from "../present.ts";

export const unlinkFeedback = command<UnlinkFeedbackRequest, CorrectiveAction>(
  async ({ correctiveActionId, etag, feedbackIds }, at) => {
    const before = await lock(at, actions, correctiveActionId);
    matchEtag(before, etag);
    const after = unlink(before, feedbackIds, at.now);
    return present(after === before ? before : record(at, actions, after, CorrectiveActionChanged));
  },
);
