import { headers, type MsgHdrs } from "@nats-io/transport-node";
import { Envelope, Meta } from "@guanxi/contract/guanxi/event/v1/event";

/** The event's Meta once more, as CloudEvents attributes for readers that do not look inside. */
export function headersOf(
  { subject, payload }: { subject: string; payload: Uint8Array },
  traceparent: string,
): MsgHdrs {
  const [, tenant, area, major, name] = subject.split(".");
  const meta = Envelope.decode(payload).meta ?? Meta.fromPartial({});
  const attributes = {
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
  for (const [key, value] of Object.entries(attributes)) if (value) made.set(key, value);
  return made;
}
