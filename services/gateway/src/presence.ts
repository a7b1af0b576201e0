// A service that is replaced is away for a moment. Who asks meanwhile waits for it, and is sent again where that is safe.
import { setTimeout as pause } from "node:timers/promises";
import { connectivityState, status, type Client } from "@grpc/grpc-js";
import { STATUS_KEY } from "@guanxi/kit/status";
import type { Exchange } from "./exchange.ts";

export interface Presence {
  away(): boolean;
  /** False when it has been away for too long, or the deadline comes first. */
  back(deadline: number): Promise<boolean>;
}

const { IDLE, READY, SHUTDOWN } = connectivityState;

/** Follows the connection and not the calls, so that while the service is there nothing is counted and nothing is timed. */
export function presenceOf(client: Client, patienceMs: number): Presence {
  const channel = client.getChannel();
  let there = false;
  let lostAt: number | undefined;

  function look(): void {
    const state = channel.getConnectivityState(false);
    there = state === READY;
    if (there || state === IDLE)
      lostAt = undefined; // idle: nobody has asked yet, so it is not known
    else lostAt ??= Date.now();
    if (state !== SHUTDOWN) channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, look);
  }
  look();
  return {
    away: () => !there,
    // From the loss on, not from the question: behind a service that stays away nobody piles up.
    back(deadline) {
      const until = Math.min(deadline, (lostAt ?? Date.now()) + patienceMs);
      return new Promise((resolve) => client.waitForReady(until, (error) => resolve(!error)));
    },
  };
}

/** Sends are few, for the way back is waited for and not tried out; the first pause is the shortest. */
const MOST = 5;
const PAUSE_MS = 50;

/** Makes the call when the service is there, and once more after a loss if the same request may arrive twice. */
export async function patiently<T>(exchange: Exchange, call: () => Promise<T>): Promise<T> {
  for (let sent = 1; ; sent++) {
    if (exchange.endpoint.presence.away()) await untilThere(exchange);
    try {
      return await call();
    } catch (error) {
      const failed = error as Failed;
      if (failed.code === status.CANCELLED) failed.code = status.UNAVAILABLE; // by the service's end: of ours nobody hears
      const safe = exchange.endpoint.repeatable || failed.details === REFUSED;
      if (!safe || !mayHelp(failed, sent)) throw error;
      await pause(PAUSE_MS * 2 ** (sent - 1));
      if (exchange.res.destroyed) throw error;
    }
  }
}

/** For what can be sent only once, too: before its first byte has gone, waiting is safe. */
export async function untilThere({ endpoint, deadline, res }: Exchange): Promise<void> {
  if (!(await endpoint.presence.back(deadline)) || res.destroyed) throw AWAY;
}

/** So grpc-js tells of a request that came behind a server's last word and was not looked at; once it repeats it by itself. */
const REFUSED = "Stream refused by server";

const AWAY = Object.assign(new Error("the service is away"), { code: status.UNAVAILABLE });

interface Failed {
  code?: number;
  details?: string;
  metadata?: { get(key: string): unknown[] };
}

/** What the service itself says is asked once more; a connection that was lost says nothing about the next one. */
function mayHelp({ code, metadata }: Failed, sent: number): boolean {
  const answered = (metadata?.get(STATUS_KEY).length ?? 0) > 0;
  return code === status.UNAVAILABLE && sent < (answered ? 2 : MOST);
}
