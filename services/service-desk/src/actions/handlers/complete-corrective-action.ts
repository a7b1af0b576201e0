import { enqueue } from "@guanxi/bus/enqueue";
import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { CorrectiveActionCompleted } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { CompleteCorrectiveActionRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { complete, requireOpen } from "../action.ts";
import { actions } from "../actions.ts";
import { writeConcerned } from "../concerned.ts";
import { present } from "../present.ts";
import { TELL_CUSTOMERS } from "../tell-customers.ts";

export const completeCorrectiveAction = command<CompleteCorrectiveActionRequest, CorrectiveAction>(
  async ({ correctiveActionId, etag, customerMessage }, at) => {
    const before = await lock(at, actions, correctiveActionId);
    matchEtag(before, etag);
    if (before.state === "DONE") return present(before);
    requireOpen(before);
    const concerned = await writeConcerned(at, correctiveActionId);
    const after = complete(before, customerMessage, concerned, at.now);
    enqueue(at, TELL_CUSTOMERS, correctiveActionId);
    return present(record(at, actions, after, CorrectiveActionCompleted));
  },
);
