import { isDeepStrictEqual } from "node:util";
import { Queue } from "@guanxi/contract/guanxi/service_desk/v1/queue";
import { QueueChanged } from "@guanxi/contract/guanxi/service_desk/v1/queue_events";
import type { UpdateQueueRequest } from "@guanxi/contract/guanxi/service_desk/v1/queue_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { change, present } from "../queue.ts";
import { queues, requirePeople } from "../queues.ts";

export const updateQueue = command<UpdateQueueRequest, Queue>(async (request, at) => {
  const { queue: sent, etag, updateMask } = request;
  const before = await lock(at, queues, sent?.queueId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Queue, merge(Queue, present(before), sent, updateMask), "queue");
  const after = change(before, merged, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return present(before);
  await requirePeople(at, after, before);
  return present(record(at, queues, after, QueueChanged));
});
