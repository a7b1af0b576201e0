import { status } from "@grpc/grpc-js";
import type { Contract } from "@guanxi/kit/contract";
import type { Log } from "@guanxi/kit/log";
import { decodeFailure, STATUS_KEY, type Failure } from "@guanxi/kit/status";
import type { Request, Response } from "express";
import { Refused } from "./refused.ts";
import { titleOf } from "./titles.ts";

const BY_CODE: Partial<Record<number, number>> = {
  [status.CANCELLED]: 499,
  [status.INVALID_ARGUMENT]: 400,
  [status.OUT_OF_RANGE]: 400,
  [status.DEADLINE_EXCEEDED]: 504,
  [status.NOT_FOUND]: 404,
  [status.ALREADY_EXISTS]: 409,
  [status.ABORTED]: 409,
  [status.FAILED_PRECONDITION]: 409,
  [status.PERMISSION_DENIED]: 403,
  [status.UNAUTHENTICATED]: 401,
  [status.RESOURCE_EXHAUSTED]: 429,
  [status.UNIMPLEMENTED]: 501,
  [status.UNAVAILABLE]: 503,
};

/** Reasons that say more than their code. */
const BY_REASON: Record<string, number> = {
  ETAG_MISMATCH: 412,
  ETAG_REQUIRED: 428,
  REQUEST_ID_REUSED: 422,
  METHOD_NOT_ALLOWED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

export interface Refusing {
  contract: Contract;
  log: Log;
  traceId: string;
  /** The RPC that was asked for, where there is one. */
  rpc: string | undefined;
}

export function answerProblem(error: unknown, req: Request, res: Response, refusing: Refusing): void {
  const left = res.destroyed || (req.destroyed && !req.complete); // what fails then fails for that reason
  const failure = left ? wordless(status.CANCELLED) : failureOf(error, refusing);
  const http = BY_REASON[failure.reason] ?? BY_CODE[failure.code] ?? 500;
  const { log, traceId, rpc } = refusing;
  if (http >= 500) log.error({ err: error, status: http, rpc, trace_id: traceId }, "answered with a failure");
  if (res.headersSent) return void res.destroy(); // half a file must not look like a whole one
  if (!res.destroyed) send(req, res, { http, failure, traceId });
}

function send(req: Request, res: Response, { http, failure, traceId }: Told): void {
  const language = req.acceptsLanguages("en", "zh-CN", "zh") || "en";
  const wait = failure.retryAfterSeconds ?? (http === 503 ? 1 : undefined);
  if (wait !== undefined) res.setHeader("retry-after", wait);
  if (http === 401) res.setHeader("www-authenticate", "Bearer");
  res
    .status(http)
    .vary("accept-language")
    .set("cache-control", "private, no-store")
    .set("content-language", language === "en" ? "en" : "zh-CN")
    .type("application/problem+json")
    .json(documentOf({ http, failure, traceId }, titleOf(http, language)));
}

function documentOf({ http, failure, traceId }: Told, title: string): object {
  const { code, message, violations } = failure;
  const reason = failure.reason || (status[code] ?? "INTERNAL");
  return {
    type: `urn:guanxi:problem:${reason}`,
    title,
    status: http,
    reason,
    traceId,
    ...(message && { detail: message }),
    ...(violations.length > 0 && { violations }),
  };
}

interface Told {
  http: number;
  failure: Failure;
  traceId: string;
}

/** What may arrive: our own refusal, grpc-js's error, a broken connection, or a bug. */
interface Wild {
  code?: unknown;
  metadata?: { get(key: string): (string | Buffer)[] };
}

function failureOf(error: unknown, { contract }: Refusing): Failure {
  if (error instanceof Refused) return error.failure;
  const { code, metadata } = error as Wild;
  // Only text that a service meant for the caller gets out: grpc-js's own tells addresses, a bug's tells everything.
  const [details] = metadata?.get(STATUS_KEY) ?? [];
  if (details instanceof Buffer) return readFailure(contract, details);
  return wordless(typeof code === "number" ? code : status.INTERNAL);
}

function readFailure(contract: Contract, details: Buffer): Failure {
  try {
    return decodeFailure(contract, details);
  } catch {
    return wordless(status.INTERNAL);
  }
}

const wordless = (code: number): Failure => ({ code, message: "", reason: "", violations: [] });
