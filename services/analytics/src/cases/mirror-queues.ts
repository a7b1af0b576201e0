import { mirror } from "@guanxi/bus/reaction";
import { Queue } from "@guanxi/contract/guanxi/service_desk/v1/queue";
import { queues } from "./queues.ts";

export const mirrorQueues = mirror(Queue, queues, ({ queueId, displayName }, { version }) => ({
  queueId,
  displayName,
  version,
}));
