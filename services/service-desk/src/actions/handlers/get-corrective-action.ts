import type { CorrectiveAction } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import type { GetCorrectiveActionRequest } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { actions } from "../actions.ts";
import { present } from "../present.ts";

export const getCorrectiveAction = query<GetCorrectiveActionRequest, CorrectiveAction>(
  async ({ correctiveActionId }, at) => present(await get(at, actions, correctiveActionId)),
);
