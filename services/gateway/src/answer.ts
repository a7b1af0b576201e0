import { fromBinary, toJson, type DescMessage, type JsonObject } from "@bufbuild/protobuf";
import { optionOf, type Contract } from "@guanxi/kit/contract";
import type { Exchange } from "./exchange.ts";
import type { Route } from "./routes.ts";

/** The reply as JSON, its etag field as ETag, and 304 for a reader who has it already. */
export function answerJson({ endpoint, req, res }: Exchange, reply: Uint8Array): void {
  const { contract, method, cacheControl } = endpoint;
  const message = fromBinary(method.output, reply);
  const json = toJson(method.output, message, { alwaysEmitImplicit: true, registry: contract }) as JsonObject;
  res.setHeader("cache-control", cacheControl);
  if (typeof json.etag === "string" && json.etag) {
    res.setHeader("etag", `"${json.etag}"`);
    if (endpoint.verb === "get" && knows(req.headers["if-none-match"], json.etag)) {
      res.statusCode = 304;
      return void res.end();
    }
  }
  const body = JSON.stringify(json);
  res.setHeader("content-type", "application/json; charset=utf-8");
  res.setHeader("content-length", Buffer.byteLength(body));
  res.end(body);
}

function knows(header: string | undefined, etag: string): boolean {
  if (!header) return false;
  const known = header.split(",").map((each) => each.trim().replace(/^W\//, ""));
  return known.includes("*") || known.includes(`"${etag}"`);
}

/**
 * Answers that tell who a person is are kept nowhere, not even in a browser's own cache, which outlives the sign-out;
 * If-None-Match still gives 304 to a program that keeps its own. Others with a version may be kept and asked again.
 */
export function cacheControlOf(contract: Contract, { verb, method }: Route): string {
  const versioned = verb === "get" && method.output.fields.some(({ name }) => name === "etag");
  return versioned && !isPersonal(contract, method.output) ? "private, no-cache" : "private, no-store";
}

function isPersonal(contract: Contract, message: DescMessage, seen = new Set<DescMessage>()): boolean {
  if (seen.has(message)) return false;
  seen.add(message);
  return message.fields.some(
    (field) =>
      optionOf(contract, field, "guanxi.options.v1.personal") === true ||
      optionOf(contract, field, "guanxi.options.v1.sensitive") === true ||
      (field.message !== undefined && isPersonal(contract, field.message, seen)),
  );
}
