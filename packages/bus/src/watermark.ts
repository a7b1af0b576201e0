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

/** Answers for the durables of this service. An acknowledgement follows the commit, so what is passed is applied. */
export function watermark(nats: NatsConnection, stream: string, durables: readonly string[]): Service {
  return implement<WatermarkServiceServer>(WatermarkServiceService, {
    waitFor: direct(async ({ streamSequence }, { signal }) => {
      const passed = async (durable: string) => {
        const jsm = await jetstreamManager(nats, { checkAPI: false });
        const info = await jsm.consumers.info(stream, durable);
        const through = info.num_pending === 0 && info.num_ack_pending === 0;
        return through || info.ack_floor.stream_seq >= Number(streamSequence);
      };
      while (!signal.aborted) {
        // A server that is away, or a durable that is just made anew, has not passed yet.
        const all = await Promise.all(durables.map(passed)).catch(() => [false]);
        if (all.every(Boolean)) return {};
        await pause(LOOK_AGAIN_MS);
      }
      throw refuse("deadline", "NOT_READ", "The readers have not come so far in time.");
    }),
  });
}
