import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { CorrectiveActionStarted } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { StartCorrectiveActionRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { start } from "../action.ts";
import { actions } from "../actions.ts";
import { present } from "../present.ts";

export const startCorrectiveAction = command<StartCorrectiveActionRequest, CorrectiveAction>(
  async ({ correctiveActionId, etag }, at) => {
    const before = await lock(at, actions, correctiveActionId);
    matchEtag(before, etag);
    const after = start(before, at.now);
    return present(after === before ? before : record(at, actions, after, CorrectiveActionStarted));
  },
);
