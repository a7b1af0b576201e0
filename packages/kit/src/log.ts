// One JSON line for each thing said, on stdout. Fields are ids; names, addresses and texts of people stay out.
import { context, propagation, trace } from "@opentelemetry/api";
import { pino, stdTimeFunctions, type DestinationStream, type Level, type Logger } from "pino";

export type Log = Logger;

export function createLog(name: string, level: Level | "silent" = "info", to?: DestinationStream): Log {
  const options = {
    level,
    base: { service: name },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: bare, error: bare },
    mixin: traceId,
  };
  return to ? pino(options, to) : pino(options);
}

interface BareError {
  type: string;
  message: string;
  stack: string | undefined;
  cause?: BareError;
}

/** Nothing else of an error: a driver's carries the row (`detail`), a request's the body. */
function bare(error: unknown): BareError | undefined {
  if (error === undefined || error === null) return undefined;
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: undefined };
  const { name, message, stack, cause } = error;
  return { type: name, message, stack, ...(cause instanceof Error && { cause: bare(cause)! }) };
}

function traceId(): { trace_id?: string } {
  const id = activeTraceId();
  return id ? { trace_id: id } : {};
}

/** Of the span that telemetry has opened for the work in hand; undefined without telemetry. */
export const activeTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

/** That span for others to go on from: what is written into an event, and read again where it is published. */
export function activeTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent;
}

/** Names that span by what was asked for, where the instrumentation knows no more than the verb. */
export function nameActiveSpan(method: string, route: string): void {
  trace.getActiveSpan()?.updateName(`${method} ${route}`).setAttribute("http.route", route);
}
