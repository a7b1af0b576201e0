import { setTimeout as pause } from "node:timers/promises";
import {
  WatermarkServiceService,
  type WatermarkServiceServer,
} from "@guanxi/contract/guanxi/event/v1/event_service";
import { implement, type Service } from "@guanxi/kit/edge";
import { direct } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";

const LOOK_AGAIN_MS = 10;

export interface Watermark {
  readonly service: Service;
  passed(streamSequence: bigint, signal: AbortSignal): Promise<void>;
}

/** Answers for the durables of this service. An acknowledgement follows the commit, so what is passed is applied. */
export function watermark(nats: NatsConnection, stream: string, durables: readonly string[]): Watermark {
  async function hasPassed(durable: string, streamSequence: bigint): Promise<boolean> {
    const jsm = await jetstreamManager(nats, { checkAPI: false });
    const info = await jsm.consumers.info(stream, durable);
    const through = info.num_pending === 0 && info.num_ack_pending === 0;
    return through || info.ack_floor.stream_seq >= Number(streamSequence);
  }

  async function passed(streamSequence: bigint, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // A server that is away, or a durable that is just made anew, has not passed yet.
      const looked = durables.map((durable) => hasPassed(durable, streamSequence));
      const all = await Promise.all(looked).catch(() => [false]);
      if (all.every(Boolean)) return;
      await pause(LOOK_AGAIN_MS);
    }
    throw refuse("deadline", "NOT_READ", "The readers have not come so far in time.");
  }

  const service = implement<WatermarkServiceServer>(WatermarkServiceService, {
    waitFor: direct(async ({ streamSequence }, { signal }) => {
      await passed(streamSequence, signal);
      return {};
    }),
  });
  return { service, passed };
}
