// Several calls in one message: over the wire a call of its own costs more than what it asks for.
import {
  type BatchServiceServer,
  BatchServiceService,
  type CallRequest_Item,
  type CallResponse_Answer,
} from "@guanxi/contract/guanxi/kit/v1/batch_service";
import { status } from "@grpc/grpc-js";
import { context, propagation, ROOT_CONTEXT } from "@opentelemetry/api";
import type { Edge, Outcome, Service } from "./edge.ts";
import { implement } from "./edge.ts";
import { direct } from "./handler.ts";
import { STATUS_KEY } from "./status.ts";

export type { CallRequest_Item as BatchItem, CallResponse_Answer as BatchAnswer };

/** What the gateway calls. */
export const batchCall = BatchServiceService.call;

/** Brings each item on the way that it would have had alone. Those of a tenant and method meet again in a transaction. */
export function batchService(edges: readonly Edge[]): Service {
  const ways = new Map(edges.flatMap(({ unary }) => [...unary]));
  async function answerOf(item: CallRequest_Item, signal: AbortSignal): Promise<CallResponse_Answer> {
    const way = ways.get(`/${item.method}`);
    if (!way) return { ...NOTHING, code: status.UNIMPLEMENTED };
    const { request: bytes, authorization, traceparent } = item;
    const arrival = { bytes, authorization, traceparent, signal };
    const trace = propagation.extract(ROOT_CONTEXT, { traceparent });
    return answered(await context.with(trace, way.answer, undefined, arrival), way.serialize);
  }
  return implement<BatchServiceServer>(BatchServiceService, {
    call: direct(async ({ items }, { signal }) => ({
      answers: await Promise.all(items.map((item) => answerOf(item, signal))),
    })),
  });
}

const NOTHING: CallResponse_Answer = { code: status.OK, response: Buffer.alloc(0), failure: Buffer.alloc(0) };

function answered(outcome: Outcome, serialize: (reply: unknown) => Buffer): CallResponse_Answer {
  if ("reply" in outcome) return { ...NOTHING, response: serialize(outcome.reply) };
  const { code = status.UNKNOWN, metadata } = outcome.failure;
  const [failure] = metadata?.get(STATUS_KEY) ?? [];
  return { ...NOTHING, code, ...(failure instanceof Buffer && { failure }) };
}
