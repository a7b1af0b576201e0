import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { activeTraceId } from "@guanxi/kit/log";

export interface Trace {
  traceId: string;
  traceparent: string;
}

const TRACEPARENT = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's trace, else a new one, so that every refusal can be found again in the logs of all services. */
export function traceOf(headers: IncomingHttpHeaders): Trace {
  const traceparent = String(headers.traceparent ?? "");
  const active = activeTraceId();
  const sent = TRACEPARENT.exec(traceparent)?.[1];
  if (sent && (!active || active === sent)) return { traceId: sent, traceparent };
  const random = randomUUID().replaceAll("-", ""); // Node keeps some in store; randomBytes asks the system each time
  const traceId = active ?? random;
  return { traceId, traceparent: `00-${traceId}-${random.slice(16)}-01` };
}
