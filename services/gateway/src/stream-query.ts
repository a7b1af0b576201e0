// What a caller of GET /v1/stream asks for, in its query and headers.
import type { IncomingHttpHeaders } from "node:http";
import type { Violation } from "@guanxi/kit/status";
import { parseQuery } from "./query.ts";
import { badRequest } from "./refused.ts";
import type { EventTypes } from "./stream-event.ts";

export interface StreamQuery {
  /** As in customer or customer.CustomerChanged; none is all that one may read. */
  topics: readonly string[];
  customerId: string | undefined;
  correlationId: string | undefined;
  since: Date | undefined;
  /** The place of the last event that the caller has had. */
  after: number | undefined;
}

/** The first place that the stream still has, or the next where it is empty; and the last that it ever had, or 0. */
export interface Places {
  readonly first: number;
  readonly last: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
const PLACE = /^\d{1,15}$/;

type Rule = (value: string, types: EventTypes) => string | undefined;

const isPlace: Rule = (value) => (PLACE.test(value) ? undefined : "is the id of an event of this stream");

/** What is wrong with a value, where something is. */
const RULES: Record<string, Rule> = {
  topics(value, types) {
    const unknown = topicsIn(value).find((topic) => !types.knows(topic));
    return (
      unknown &&
      `there is no ${unknown}: write an area or an event, as in customer or customer.CustomerChanged`
    );
  },
  customerId: (value) => (UUID.test(value) ? undefined : "is no id"),
  correlationId: (value) => (value.length <= 100 ? undefined : "is at most 100 characters"),
  since: (value) =>
    RFC_3339.test(value) && !Number.isNaN(Date.parse(value))
      ? undefined
      : "is a time as in 2026-01-31T08:00:00Z",
  lastEventId: isPlace,
};

export function streamQuery(text: string, headers: IncomingHttpHeaders, types: EventTypes): StreamQuery {
  const query = parseQuery(text);
  const header = String(headers["last-event-id"] ?? "");
  const faults = [...query].flatMap(([name, values]) => faultsOf(name, values, types));
  const fault = header && isPlace(header, types);
  if (fault) faults.push({ field: "Last-Event-ID", description: fault });
  if (faults.length > 0) throw badRequest(faults);

  const one = (name: string) => query.get(name)?.[0] || undefined; // an empty one is one that was left out
  const since = one("since");
  // A browser that comes back sends the header beside the query of its first request, which it has outlived.
  const after = header || one("lastEventId");
  return {
    topics: topicsIn(one("topics") ?? ""),
    customerId: one("customerId")?.toLowerCase(),
    correlationId: one("correlationId"),
    since: since ? new Date(since) : undefined,
    after: after ? Number(after) : undefined,
  };
}

/** Who has had an event that the stream has let go, or never had, has missed what nobody can count. */
export function startOf(
  { after, since }: StreamQuery,
  { first, last }: Places,
): { readonly from: number | Date; readonly gap: boolean } {
  if (after === undefined) return { from: since ?? last + 1, gap: false };
  const gap = after + 1 < first || after > last;
  return { from: gap ? first : after + 1, gap };
}

const topicsIn = (value: string) => value.split(",").filter(Boolean);

function faultsOf(field: string, values: readonly string[], types: EventTypes): Violation[] {
  const rule = Object.hasOwn(RULES, field) && RULES[field];
  if (!rule) return [{ field, description: `is not known here: ${Object.keys(RULES).join(", ")}` }];
  if (values.length > 1) return [{ field, description: "comes more than once" }];
  const description = values[0] && rule(values[0], types);
  return description ? [{ field, description }] : [];
}
