// How many streams there are, and whose.
import { status } from "@grpc/grpc-js";
import { Gauge } from "prom-client";
import { Refused } from "./refused.ts";
import type { EventStream } from "./stream-answer.ts";
import type { Listener } from "./stream-rights.ts";

/** A person's pages in some browsers; what leaves other companies theirs; and what one process has memory for. */
const MOST_OF_A_PERSON = 20;
const MOST_OF_A_TENANT = 200;
const MOST = 1_000;

const listening = new Gauge({ name: "http_event_streams", help: "Streams of events that are being sent" });

export interface Readers {
  take(reader: Pick<Listener, "tenantId" | "userId">): { standsFor(out: EventStream): void; free(): void };
  endAll(): void;
}

export function newReaders(): Readers {
  const all = new Set<EventStream>();
  const ofPeople = tally();
  const ofTenants = tally();
  let count = 0;
  return {
    take({ tenantId, userId }) {
      const its = ofPeople.of(userId);
      if (its >= MOST_OF_A_PERSON) throw tooMany(`You read ${its} streams already: close some of them.`);
      if (ofTenants.of(tenantId) >= MOST_OF_A_TENANT)
        throw tooMany(
          "Your company reads too many streams: close those that nobody needs, or try again later.",
        );
      if (count >= MOST) throw tooMany("Too many streams are being read here: try again in a moment.");
      ofPeople.add(userId, 1);
      ofTenants.add(tenantId, 1);
      listening.set((count += 1));
      let stream: EventStream | undefined;
      return {
        standsFor: (out) => void all.add((stream = out)),
        free() {
          if (stream) all.delete(stream);
          ofPeople.add(userId, -1);
          ofTenants.add(tenantId, -1);
          listening.set((count -= 1));
        },
      };
    },
    endAll: () => all.forEach((out) => out.end("this gateway stops")),
  };
}

/** Whoever has none is forgotten. */
function tally() {
  const counts = new Map<string, number>();
  const of = (id: string) => counts.get(id) ?? 0;
  return {
    of,
    add(id: string, more: number): void {
      const now = of(id) + more;
      if (now > 0) counts.set(id, now);
      else counts.delete(id);
    },
  };
}

const RETRY_S = 10;

const tooMany = (message: string) =>
  new Refused({
    code: status.RESOURCE_EXHAUSTED,
    reason: "TOO_MANY_STREAMS",
    message,
    violations: [],
    retryAfterSeconds: RETRY_S,
  });
