import type {
  ListQueuesRequest,
  ListQueuesResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/queue_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../queue.ts";
import { queueFields, queues } from "../queues.ts";

export const listQueues = query<ListQueuesRequest, ListQueuesResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, queues, {
    request,
    catalogue: queueFields,
    orders: ["display_name", "create_time"],
  });
  return { queues: items.map(present), nextPageToken };
});
