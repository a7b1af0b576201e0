import { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { CorrectiveActionChanged } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { UpdateCorrectiveActionRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { change } from "../action.ts";
import { actions } from "../actions.ts";
import { present } from "../present.ts";

export const updateCorrectiveAction = command<UpdateCorrectiveActionRequest, CorrectiveAction>(
  async (request, at) => {
    const { correctiveAction: sent, etag, updateMask } = request;
    const before = await lock(at, actions, sent?.correctiveActionId ?? "");
    requireEtag(before, etag);
    const merged = merge(CorrectiveAction, present(before), sent, updateMask);
    const after = change(before, at.check(CorrectiveAction, merged, "corrective_action"), at.now);
    if (after === before) return present(before);
    if (after.ownerId !== before.ownerId)
      await requireUser(at, after.ownerId ?? "", "corrective_action.owner_id");
    return present(record(at, actions, after, CorrectiveActionChanged));
  },
);
