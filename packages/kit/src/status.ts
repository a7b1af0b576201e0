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

export function encodeFailure(contract: Contract, failure: Failure): Buffer {
  const details: JsonObject[] = [{ "@type": `${TYPE}ErrorInfo`, reason: failure.reason, domain: DOMAIN }];
  if (failure.violations.length > 0)
    details.push({
      "@type": `${TYPE}BadRequest`,
      fieldViolations: failure.violations.map(wellFormed),
    });
  if (failure.retryAfterSeconds !== undefined)
    details.push({ "@type": `${TYPE}RetryInfo`, retryDelay: `${failure.retryAfterSeconds}s` });
  const status = messageOf(contract, "google.rpc.Status");
  const json = { code: failure.code, message: failure.message.toWellFormed(), details };
  return Buffer.from(toBinary(status, fromJson(status, json, { registry: contract })));
}

/** Where a refusal quotes half of a surrogate pair: no refusal may fail to be told. */
const wellFormed = ({ field, description, ...rest }: Violation): JsonObject => ({
  ...rest,
  field: field.toWellFormed(),
  description: description.toWellFormed(),
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
