import { Queue } from "@guanxi/contract/guanxi/service_desk/v1/queue";
import { QueueCreated } from "@guanxi/contract/guanxi/service_desk/v1/queue_events";
import type { CreateQueueRequest } from "@guanxi/contract/guanxi/service_desk/v1/queue_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create, present } from "../queue.ts";
import { queues, requirePeople } from "../queues.ts";

export const createQueue = command<CreateQueueRequest, Queue>(async (request, at) => {
  const queue = create(Queue.fromPartial(request.queue ?? {}), at.newId(), at.now);
  await requirePeople(at, queue);
  return present(record(at, queues, queue, QueueCreated));
});
