import type {
  ListCorrectiveActionsRequest,
  ListCorrectiveActionsResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { actionFields, actions } from "../actions.ts";
import { present } from "../present.ts";

export const listCorrectiveActions = query<ListCorrectiveActionsRequest, ListCorrectiveActionsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, actions, {
      request,
      catalogue: actionFields,
      orders: ["create_time", "update_time"],
    });
    return { correctiveActions: items.map(present), nextPageToken };
  },
);
