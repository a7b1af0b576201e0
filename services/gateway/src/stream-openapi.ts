// GET /v1/stream in the OpenAPI document: the one path that no RPC stands behind.
import type { Schema } from "./openapi-schemas.ts";

const parameter = (name: string, description: string, place = "query") => ({
  name,
  in: place,
  description,
  schema: { type: "string" },
});

export const STREAM_TAG = { name: "Stream", description: "What happens, as it happens." };

export const streamOperation: Schema = {
  operationId: "streamEvents",
  summary: "Tells of events as they happen.",
  description: `Server-Sent Events, for an EventSource. Each has the name of its type, as in CustomerChanged; its id is its place in the
stream, so who comes back by Last-Event-ID misses nothing and has nothing twice. Its data is one line of JSON: type, subject, sequence,
meta, state (all fields of what it is about, absent once that is gone), changedFields, previous (what those were before), facts (what
else this event says). One sees what one has the right to read, with what tells who a person is masked where that right is missing.
The event caught-up says that all that was there at the beginning has been told; gap, with firstSequence, that something before that
place cannot be told, since it is no longer there or cannot be read: read the resources anew, what follows is complete. A comment comes
every fifteen seconds. A person reads 20 streams at a time, a company 500 of each gateway: whoever wants more is answered with 429.`,
  tags: [STREAM_TAG.name],
  parameters: [
    parameter(
      "topics",
      "Areas or events, comma separated, as in customer,sales.OrderConfirmed; all without it.",
    ),
    parameter("customerId", "Only what concerns this customer."),
    parameter("correlationId", "Only what one request has set off."),
    parameter("since", "From this time on, as in 2026-01-31T08:00:00Z; without it only what is new."),
    parameter("lastEventId", "As the header Last-Event-ID, for a first connection."),
    parameter(
      "Last-Event-ID",
      "The id of the last event that one has had; EventSource sends it by itself.",
      "header",
    ),
  ],
  responses: {
    200: { description: "The events.", content: { "text/event-stream": { schema: { type: "string" } } } },
    ...Object.fromEntries(
      [400, 401, 403, 429, 503].map((status) => [status, { $ref: "#/components/responses/Problem" }]),
    ),
    default: { $ref: "#/components/responses/Problem" },
  },
};
