// google.rpc.Status with its details, as bytes for grpc-status-details-bin and back; both ends use this one file.
import { fromBinary, fromJson, toBinary, toJson, type JsonObject } from "@bufbuild/protobuf";
import { messageOf, type Contract } from "./contract.ts";

export const STATUS_KEY = "grpc-status-details-bin";
const DOMAIN = "guanxi";
const TYPE = "type.googleapis.com/google.rpc.";

export interface Violation {
  field: string;
  description: string;
  reason?: string;
}

export interface Failure {
  code: number;
  message: string;
  reason: string;
  violations: Violation[];
  retryAfterSeconds?: number;
}

// What is told travels in trailers, twice encoded. Past 8 KB they break the connection, and with it everybody's calls on it.
const MOST_VIOLATIONS = 20;
const LONGEST = 200;

/** So much of a text as every connection takes, and nothing that is no text. */
export const tellable = (text: string) =>
  (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).toWellFormed();

export function encodeFailure(contract: Contract, failure: Failure): Buffer {
  const details: JsonObject[] = [{ "@type": `${TYPE}ErrorInfo`, reason: failure.reason, domain: DOMAIN }];
  if (failure.violations.length > 0)
    details.push({
      "@type": `${TYPE}BadRequest`,
      fieldViolations: failure.violations.slice(0, MOST_VIOLATIONS).map(toldOf),
    });
  if (failure.retryAfterSeconds !== undefined)
    details.push({ "@type": `${TYPE}RetryInfo`, retryDelay: `${failure.retryAfterSeconds}s` });
  const status = messageOf(contract, "google.rpc.Status");
  const json = { code: failure.code, message: tellable(failure.message), details };
  return Buffer.from(toBinary(status, fromJson(status, json, { registry: contract })));
}

const toldOf = ({ field, description, ...rest }: Violation): JsonObject => ({
  ...rest,
  field: tellable(field),
  description: tellable(description),
});

export function decodeFailure(contract: Contract, bytes: Uint8Array): Failure {
  const status = messageOf(contract, "google.rpc.Status");
  const json = toJson(status, fromBinary(status, bytes), { registry: contract }) as JsonObject;
  const details = (json.details ?? []) as JsonObject[];
  const detail = (name: string) => details.find((each) => each["@type"] === TYPE + name);
  const info = detail("ErrorInfo");
  const wait = detail("RetryInfo")?.retryDelay;
  return {
    code: Number(json.code ?? 0),
    message: String(json.message ?? ""),
    reason: info?.domain === DOMAIN ? String(info.reason) : "",
    violations: (detail("BadRequest")?.fieldViolations ?? []) as unknown as Violation[],
    ...(wait !== undefined && { retryAfterSeconds: Math.ceil(parseFloat(String(wait))) }),
  };
}
