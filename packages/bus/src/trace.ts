// One trace over HTTP, gRPC, Postgres and NATS. Without the SDK (kit's telemetry) all of this does nothing.
import {
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";

const tracer = trace.getTracer("guanxi.bus");

/** The trace that a change belongs to, as it was when the change was recorded. */
const parentOf = (traceparent: string | null | undefined): Context =>
  traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : ROOT_CONTEXT;

/** Publishes within a span of the change's trace, whose id goes along in the headers. */
export async function traced<T>(
  kind: "publish" | "process",
  subject: string,
  traceparent: string | null | undefined,
  work: (traceparent: string) => Promise<T>,
): Promise<T> {
  const spanKind = kind === "publish" ? SpanKind.PRODUCER : SpanKind.CONSUMER;
  const attributes = { "messaging.system": "nats", "messaging.destination.name": subject };
  const options = { kind: spanKind, attributes };
  return tracer.startActiveSpan(`${kind} ${subject}`, options, parentOf(traceparent), async (span) => {
    try {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier);
      return await work(carrier.traceparent ?? traceparent ?? "");
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}
