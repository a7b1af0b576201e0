import { headers, type MsgHdrs } from "@nats-io/transport-node";
import { Envelope, Meta } from "@guanxi/contract/guanxi/event/v1/event";

interface Event {
  /** By which the stream tells a repetition. */
  readonly event_id: string;
  readonly subject: string;
  readonly payload: Uint8Array;
}

/** The event's Meta once more, as CloudEvents attributes for readers that do not look inside. */
export function headersOf({ event_id, subject, payload }: Event, traceparent: string): MsgHdrs {
  const [, tenant, area, major, name] = subject.split(".");
  const meta = Envelope.decode(payload).meta ?? Meta.fromPartial({});
  const attributes = {
    "Nats-Msg-Id": event_id,
    "ce-specversion": "1.0",
    "ce-id": meta.eventId,
    "ce-type": `guanxi.${area}.${major}.${name}`,
    "ce-source": `/guanxi/${area}`,
    "ce-subject": meta.aggregateId,
    "ce-time": meta.time?.toISOString(),
    "ce-datacontenttype": "application/protobuf",
    "ce-tenantid": tenant,
    "ce-sequence": String(meta.version),
    "ce-partitionkey": meta.customerId || meta.aggregateId,
    traceparent,
  };
  const made = headers();
  for (const [key, value] of Object.entries(attributes)) if (value) made.append(key, value);
  return made;
}
