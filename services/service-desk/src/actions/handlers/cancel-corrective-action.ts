import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { CorrectiveActionCancelled } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { CancelCorrectiveActionRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { cancel } from "../action.ts";
import { actions } from "../actions.ts";
import { present } from "../present.ts";

export const cancelCorrectiveAction = command<CancelCorrectiveActionRequest, CorrectiveAction>(
  async ({ correctiveActionId, etag, reason }, at) => {
    const before = await lock(at, actions, correctiveActionId);
    matchEtag(before, etag);
    const after = cancel(before, reason, at.now);
    return present(
      after === before ? before : record(at, actions, after, CorrectiveActionCancelled, { reason }),
    );
  },
);
