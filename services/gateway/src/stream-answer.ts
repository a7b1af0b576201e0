// Server-Sent Events, as WHATWG has them, to one reader who may be slow.
import { once } from "node:events";
import type { Response } from "express";

/** So long after a stream has ended a browser comes back. */
const RETRY_MS = 2_000;
/** Below what proxies take for silence. */
const HEARTBEAT_MS = 15_000;
/** Whoever takes nothing for so long is gone, and comes back where they were. */
const STALLED_MS = 60_000;
/** How long a reader has to take the end. */
const FAREWELL_MS = 5_000;

export interface EventStream {
  /** The place up to which the reader has had all that is theirs. It travels with the next heartbeat. */
  passed(place: number): void;
  /** Settles when the reader can take more. */
  event(name: string, data: string, place?: number): Promise<void>;
  /** Says why, for whoever looks; then the browser comes back. */
  end(why: string): void;
  /** Aborted once the reader has gone, or the stream has ended. */
  ended: AbortSignal;
}

export function eventStream(res: Response, place: number | undefined): EventStream {
  const over = new AbortController();
  let at = place;
  res.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "private, no-store, no-transform",
    "x-accel-buffering": "no",
  });
  // A browser whose stream is cut before the first event comes back to this place, and not to whatever is new by then.
  res.write(`retry: ${RETRY_MS}\n${idLine(at)}\n`);
  const heart = setInterval(() => {
    if (!res.writableNeedDrain) res.write(`:\n${idLine(at)}\n`);
  }, HEARTBEAT_MS);
  let last: NodeJS.Timeout | undefined;
  res.once("close", () => {
    clearInterval(heart);
    clearTimeout(last);
    over.abort();
  });
  res.on("error", () => undefined); // a reader who is gone amid a word is gone, and nobody else's matter
  return {
    ended: over.signal,
    passed: (to) => void (at = to),
    async event(name, data, to) {
      at = to ?? at;
      if (over.signal.aborted || res.write(`event: ${name}\n${idLine(to)}data: ${data}\n\n`)) return;
      const stalled = setTimeout(() => res.destroy(), STALLED_MS);
      // Without a drain the stream is over, which its reader sees by the signal.
      await once(res, "drain", { signal: over.signal }).catch(() => undefined);
      clearTimeout(stalled);
    },
    end(why) {
      if (over.signal.aborted) return;
      over.abort();
      clearInterval(heart); // nothing may be written behind the end
      res.end(`: ${why}\n\n`);
      // Whoever takes nothing never takes the end either, and would keep the connection.
      last = setTimeout(() => res.destroy(), FAREWELL_MS);
      last.unref();
    },
  };
}

const idLine = (place: number | undefined) => (place === undefined ? "" : `id: ${place}\n`);
