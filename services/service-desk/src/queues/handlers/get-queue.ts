import type { Queue } from "@guanxi/contract/guanxi/service_desk/v1/queue";
import type { GetQueueRequest } from "@guanxi/contract/guanxi/service_desk/v1/queue_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../queue.ts";
import { queues } from "../queues.ts";

export const getQueue = query<GetQueueRequest, Queue>(async ({ queueId }, at) =>
  present(await get(at, queues, queueId)),
);
