// A service that is replaced is away for a moment. Who asks meanwhile waits for it, and is sent again where that is safe.
import { setTimeout as pause } from "node:timers/promises";
import { connectivityState, status, type Client } from "@grpc/grpc-js";
import { STATUS_KEY } from "@guanxi/kit/status";
import type { Endpoint, Presence } from "./exchange.ts";

const { IDLE, READY, SHUTDOWN } = connectivityState;

const LOOK_MS = 100;

type End = (back: boolean) => void;

/** Follows the connection and not the calls, so that while the service is there nothing is counted and nothing is timed. */
export function presenceOf(client: Client, patienceMs: number): Presence {
  const channel = client.getChannel();
  const waiting = new Set<End>();
  let there = false;
  let known = false;
  let lostAt: number | undefined;

  function follow(): void {
    const state = channel.getConnectivityState(false);
    there = state === READY;
    known ||= there;
    // What has never been there is not lost: it may well be starting, just as this gateway is.
    lostAt = there || !known || state === IDLE ? undefined : (lostAt ?? Date.now());
    if (there || state === SHUTDOWN) for (const end of waiting) end(there);
    if (state !== SHUTDOWN) channel.watchConnectivityState(state, Number.POSITIVE_INFINITY, follow);
  }
  follow();

  return {
    away: () => !there,
    back(deadline) {
      // From the loss on and not from the request: behind a service that stays away nobody piles up.
      const until = Math.min(deadline, (lostAt ?? Date.now()) + patienceMs);
      return waitIn(waiting, until, () => channel.getConnectivityState(true));
    },
  };
}

/** Not by client.waitForReady(): on a channel that is closed meanwhile it brings that back to life. */
function waitIn(waiting: Set<End>, until: number, connect: () => void): Promise<boolean> {
  return new Promise((resolve) => {
    const looking = setInterval(look, LOOK_MS);
    waiting.add(end);
    look();
    function look(): void {
      connect(); // a name that is not known is asked for again only while somebody asks
      if (Date.now() >= until) end(false);
    }
    function end(back: boolean): void {
      clearInterval(looking);
      waiting.delete(end);
      resolve(back);
    }
  });
}

/** Sends are few, for the way back is waited for and not tried out; the first pause is the shortest. */
const MOST = 5;
const PAUSE_MS = 50;

/** Whoever waits; an exchange is one. */
export interface Waiting {
  readonly endpoint: Pick<Endpoint, "presence" | "repeatable">;
  readonly deadline: number;
  readonly res: { readonly destroyed: boolean };
}

/** Makes the call when the service is there, and once more after a loss if the same request may arrive twice. */
export async function patiently<T>(exchange: Waiting, call: () => Promise<T>): Promise<T> {
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
export async function untilThere({ endpoint, deadline, res }: Waiting): Promise<void> {
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
