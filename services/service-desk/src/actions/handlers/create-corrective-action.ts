import { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { CorrectiveActionProposed } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { CreateCorrectiveActionRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { propose } from "../action.ts";
import { actions } from "../actions.ts";
import { present } from "../present.ts";

export const createCorrectiveAction = command<CreateCorrectiveActionRequest, CorrectiveAction>(
  async (request, at) => {
    const sent = CorrectiveAction.fromPartial(request.correctiveAction ?? {});
    const action = propose(sent, at.newId(), at.now);
    await requireUser(at, sent.ownerId, "corrective_action.owner_id");
    return present(record(at, actions, action, CorrectiveActionProposed));
  },
);
