// One HTTP request becomes the JSON form of the RPC's request message; protobuf-es decides whether that is one.
import { randomUUID } from "node:crypto";
import {
  clearField,
  create,
  fromJson,
  ScalarType,
  type DescField,
  type DescMessage,
  type JsonObject,
  type JsonValue,
  type Message,
} from "@bufbuild/protobuf";
import { has, optionOf, type Contract } from "@guanxi/kit/contract";
import { isObject, violationsOf } from "./bad-request.ts";
import { broken } from "./body.ts";
import type { Endpoint, Exchange } from "./exchange.ts";
import { fieldAt, fieldOf } from "./fields.ts";
import { decodePart, parseQuery } from "./query.ts";
import { badRequest } from "./refused.ts";
import type { Route } from "./routes.ts";
import { unkeepable } from "./text.ts";

/** `body` is the JSON that was sent; undefined where there is none. */
export function requestMessage(exchange: Exchange, body: JsonValue | undefined): Message {
  const { contract, method } = exchange.endpoint;
  const json = requestJson(exchange, body);
  const violation = unkeepable(method.input, json);
  if (violation) throw badRequest([violation]);
  try {
    return withMask(exchange.endpoint, fromJson(method.input, json, { registry: contract }), body);
  } catch (error) {
    throw badRequest(violationsOf(method.input, json, error as Error));
  }
}

/** Set in the message, for a key of a Struct may be one that a mask in JSON cannot spell: a_1. */
function withMask(endpoint: Endpoint, message: Message, sent: JsonValue = null): Message {
  const mask = fieldOf(endpoint.method.input, "update_mask");
  const part = endpoint.verb === "patch" ? fieldOf(endpoint.method.input, endpoint.body)?.message : undefined;
  const given = mask && (message as Message & Record<string, unknown>)[mask.localName];
  if (!mask || given !== undefined || !part || !isObject(sent)) return message;
  const paths = sentPaths(endpoint.contract, part, sent);
  if (paths.length === 0) return withoutEmpties(endpoint, message, part);
  return Object.assign(message, { [mask.localName]: create(mask.message!, { paths }) });
}

/** Nothing changes; but an empty mask counts as none, and then an empty object would take the place of a full one. */
function withoutEmpties({ contract, method, body }: Endpoint, message: Message, part: DescMessage): Message {
  const resource = (message as Message & Record<string, Message>)[fieldOf(method.input, body)!.localName]!;
  for (const field of part.fields) if (!isReadOnly(contract, field)) clearField(resource, field);
  return message;
}

function requestJson({ endpoint, req, values, query }: Exchange, sent: JsonValue | undefined): JsonObject {
  const json = bodyJson(endpoint, sent);
  const { pathFields } = endpoint;
  for (const [name, texts] of parseQuery(query)) assignQuery(json, endpoint, name, texts);
  for (const [index, field] of pathFields.entries())
    assign(json, endpoint, field, decodePart(values[index]!, field));
  addHeaders(json, endpoint, req.headers);
  return json;
}

function bodyJson({ method, body }: Route, sent: JsonValue | undefined): JsonObject {
  if (!body || method.methodKind === "client_streaming") return {};
  const whole = body === "*";
  if (sent === undefined && !whole) throw broken("The body is empty.");
  const json = sent === undefined ? {} : sent;
  if (!isObject(json)) throw badRequest([{ field: whole ? "" : body, description: "must be an object" }]);
  return whole ? { ...json } : { [body]: { ...json } }; // a copy: path parameters are written into it
}

/**
 * What was sent is what changes (RFC 7396): inside an object too, and a list as a whole. A customer that was read and sent
 * back brings fields that nobody can set.
 */
function sentPaths(contract: Contract, message: DescMessage, sent: JsonObject): string[] {
  return Object.entries(sent).flatMap(([key, value]) => {
    const field = fieldOf(message, key)!;
    if (isReadOnly(contract, field)) return [];
    const inner = field.fieldKind === "message" ? field.message : undefined;
    if (!inner || !isObject(value) || isWhole(inner)) return [field.name];
    const parts = isStruct(inner) ? Object.keys(value) : sentPaths(contract, inner, value);
    return parts.map((part) => `${field.name}.${part}`);
  });
}

const isStruct = ({ typeName }: DescMessage) => typeName === "google.protobuf.Struct";
/** A date of which one only changed the month would be another one by chance. */
const isWhole = (message: DescMessage) => message.typeName.startsWith("google.") && !isStruct(message);

export function isReadOnly(contract: Contract, field: DescField): boolean {
  const behaviors = (optionOf(contract, field, "google.api.field_behavior") ?? []) as unknown as number[];
  return behaviors.some((each) => each === OUTPUT_ONLY || each === IDENTIFIER);
}
const OUTPUT_ONLY = 3;
const IDENTIFIER = 8;

function assignQuery(json: JsonObject, route: Route, name: string, texts: string[]): void {
  const head = fieldOf(route.method.input, name.split(".")[0]!)?.name;
  const taken =
    route.body === "*" || head === route.body || route.pathFields.some((path) => path.split(".")[0] === head);
  if (head && taken) throw badRequest([{ field: name, description: "does not belong in the query" }]);
  assign(json, route, name, texts.length === 1 ? texts[0]! : texts);
}

function assign(json: JsonObject, { method }: Route, path: string, value: JsonValue): void {
  const field = fieldAt(method.input, path);
  if (!field) throw badRequest([{ field: path, description: "unknown field", reason: "UNKNOWN_FIELD" }]);
  let target = json;
  for (const parent of path.split(".").slice(0, -1)) target = child(target, parent);
  delete target[field.jsonName]; // the path wins over the same field in the body
  target[field.name] = coerce(field, value);
}

function child(target: JsonObject, name: string): JsonObject {
  const found = target[name] ?? {};
  if (!isObject(found)) throw badRequest([{ field: name, description: "is an object and a value at once" }]);
  target[name] = found;
  return found;
}

/** A query knows neither booleans nor lists of one; proto JSON takes everything else as text. */
function coerce(field: DescField, value: JsonValue): JsonValue {
  if (field.fieldKind === "list") return [value].flat().map((each) => coerceOne(field, each));
  return coerceOne(field, value);
}

function coerceOne(field: DescField, value: JsonValue): JsonValue {
  const isBool = "scalar" in field && field.scalar === ScalarType.BOOL;
  return isBool && (value === "true" || value === "false") ? value === "true" : value;
}

/** Two headers stand for two well-known fields; a message without the field ignores the header. */
function addHeaders(
  json: JsonObject,
  { method, verb, sends }: Route,
  headers: Exchange["req"]["headers"],
): void {
  const etag = headers["if-match"];
  if (etag && has(method.input, "etag")) json.etag = singleEtag(etag);
  if (!has(method.input, "request_id")) return;
  const key = headers["idempotency-key"];
  if (key) json.request_id = String(key).replace(/^"(.*)"$/, "$1");
  // So that sending it again is safe. Not where something leaves the house: there only the caller can tell a repetition.
  else if (verb !== "get" && !sends && !json.request_id && !json.requestId) json.request_id = randomUUID();
}

function singleEtag(header: string): string {
  const etag = /^(?:W\/)?"([^"]*)"$/.exec(header.trim())?.[1];
  if (etag === undefined)
    throw badRequest([{ field: "If-Match", description: 'must be one etag, as in "7"' }]);
  return etag;
}
