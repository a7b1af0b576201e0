// The newest events, as they come.
import { useCallback, useEffect, useRef, useState } from "react";
import { leaveIfEnded } from "../api/api.ts";
import { follow, type StreamQuery } from "./stream.ts";
import type { ToldEvent } from "./told.ts";

/** So many are kept; older ones are in the stream, not lost. */
const MOST = 100;
/** An import tells of thousands in a second: rows are drawn so often at most. */
const DRAW_MS = 500;

export interface Feed {
  /** The newest first. */
  events: readonly ToldEvent[];
  state: "connecting" | "live" | "lost";
  error: unknown;
  /** What came before is no longer in the stream. */
  gap: boolean;
  caughtUp: boolean;
  /** So many have been read of what was there at the beginning. */
  read: number;
  paused: boolean;
  /** So many have come since it was paused. */
  waiting: number;
  pause(paused: boolean): void;
}

const EMPTY = {
  events: [] as readonly ToldEvent[],
  state: "connecting" as Feed["state"],
  error: undefined as unknown,
  gap: false,
  caughtUp: false,
};

export function useFeed(query: StreamQuery): Feed {
  const [shown, setShown] = useState(EMPTY);
  const [paused, setPaused] = useState(false);
  const [waiting, setWaiting] = useState(0);
  const [read, setRead] = useState(0);
  const held = useRef<ToldEvent[]>([]);
  const pausedNow = useRef(false);
  const reached = useRef(false);
  const count = useRef(0);
  const key = JSON.stringify(query);

  const draw = useCallback(() => {
    // What was there at the beginning comes by the thousand: only its end is drawn, and until then how far it is.
    if (!reached.current) return setRead(count.current);
    if (pausedNow.current) return setWaiting(held.current.length);
    if (held.current.length === 0) return;
    const fresh = held.current.splice(0).toReversed();
    setShown((before) => ({ ...before, events: [...fresh, ...before.events].slice(0, MOST) }));
  }, []);

  useEffect(() => {
    const stop = new AbortController();
    held.current = [];
    reached.current = false;
    count.current = 0;
    setShown(EMPTY);
    const drawing = setInterval(draw, DRAW_MS);
    const set = (change: Partial<typeof EMPTY>) => setShown((before) => ({ ...before, ...change }));
    void follow(
      JSON.parse(key) as StreamQuery,
      {
        open: () => set({ state: "live", error: undefined }),
        lost(error) {
          leaveIfEnded(error);
          set({ state: "lost", error });
        },
        gap: () => set({ gap: true }),
        caughtUp() {
          reached.current = true;
          draw();
          set({ caughtUp: true });
        },
        event(told) {
          count.current += 1;
          held.current.push(told);
          if (held.current.length > MOST) held.current.shift();
        },
      },
      stop.signal,
    );
    return () => {
      stop.abort();
      clearInterval(drawing);
    };
  }, [key, draw]);

  return {
    ...shown,
    read,
    paused,
    waiting,
    pause(next) {
      pausedNow.current = next;
      setPaused(next);
      setWaiting(0);
      draw();
    },
  };
}
