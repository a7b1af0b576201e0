import type { DescField, DescMethod, JsonObject } from "@bufbuild/protobuf";
import { accessOf, has, nameOf, optionOf, sendsOf, type Access, type Contract } from "@guanxi/kit/contract";
import { fieldAt, isHttpBody } from "./fields.ts";

export const VERBS = ["get", "post", "put", "patch", "delete"] as const;
export type Verb = (typeof VERBS)[number];

export interface Route {
  method: DescMethod;
  /** 0 for the rule itself, then its additional_bindings. */
  binding: number;
  verb: Verb;
  /** As the proto has it: /v1/customers/{customer.customer_id}:archive */
  template: string;
  /** The same in parts, with "" where a value stands: v1, customers, "". */
  segments: string[];
  /** What follows the last colon: archive. */
  action: string;
  /** The request field behind each value of the path. */
  pathFields: string[];
  /** "", "*" or the name of one request field. */
  body: string;
  access: Access;
  sends: boolean;
  /** Safe to send twice: a read, or a command that carries a request id. */
  repeatable: boolean;
}

/** Every RPC that has a google.api.http rule. What cannot be served is refused here, not found out by a caller. */
export function routesOf(contract: Contract): Route[] {
  const routes: Route[] = [];
  for (const type of contract)
    if (type.kind === "service")
      for (const method of type.methods) routes.push(...routesOfMethod(contract, method));
  refuseTwins(routes);
  return routes;
}

/** guanxi.customer.v1 is served by the address of "customer". */
export const areaOf = ({ method }: Route) => method.parent.file.proto.package.split(".")[1]!;

function routesOfMethod(contract: Contract, method: DescMethod): Route[] {
  const rule = optionOf(contract, method, "google.api.http") as JsonObject | undefined;
  if (!rule) return [];
  const access = accessOf(contract, method);
  const sends = sendsOf(contract, method);
  const rules = [rule, ...((rule.additionalBindings ?? []) as JsonObject[])];
  try {
    if (access.caller === "service") throw new Error("is for services only and must have no path");
    return rules.map((each, binding) => ({ ...routeOf(method, each), binding, access, sends }));
  } catch (error) {
    throw new Error(`${nameOf(method)}: ${(error as Error).message}`, { cause: error });
  }
}

function routeOf(method: DescMethod, rule: JsonObject) {
  const verb = VERBS.find((each) => rule[each]);
  if (!verb) throw new Error("needs one of get, post, put, patch, delete");
  if (rule.responseBody) throw new Error("response_body is not supported");
  const template = String(rule[verb]);
  const body = String(rule.body ?? "");
  const path = parseTemplate(template);
  for (const field of path.pathFields) checkPathField(method, field);
  checkBody(method, verb, body);
  checkStreams(method, body);
  const repeatable = verb === "get" || has(method.input, "request_id");
  return { method, verb, template, ...path, body, repeatable };
}

function parseTemplate(template: string) {
  const [, path = "", action = ""] = /^(.*?)(?::([a-z][A-Za-z]*))?$/.exec(template)!;
  const pathFields: string[] = [];
  const segments = path
    .split("/")
    .slice(1)
    .map((part) => {
      const field = /^\{([a-z0-9_.]+)\}$/.exec(part)?.[1];
      if (field) pathFields.push(field);
      else if (!/^[A-Za-z0-9_.~-]+$/.test(part)) throw new Error(`path not supported: ${template}`);
      return field ? "" : part;
    });
  if (!template.startsWith("/")) throw new Error(`path not supported: ${template}`);
  return { segments, action, pathFields };
}

function checkPathField(method: DescMethod, path: string): void {
  const field: DescField | undefined = fieldAt(method.input, path);
  if (!field) throw new Error(`{${path}} is no field of ${method.input.name}`);
  if (field.fieldKind !== "scalar" && field.fieldKind !== "enum")
    throw new Error(`{${path}} is not a plain value`);
}

function checkBody(method: DescMethod, verb: Verb, body: string): void {
  const bodiless = verb === "get" || verb === "delete";
  if (body && bodiless) throw new Error(`${verb} takes no body`);
  // Without one, whatever a caller sends would be dropped without a word.
  if (!body && !bodiless) throw new Error(`${verb} needs a body, "*" or a field`);
  if (!body || body === "*") return;
  const field = method.input.fields.find(({ name }) => name === body);
  if (!field) throw new Error(`body "${body}" is no field of ${method.input.name}`);
  if (field.fieldKind !== "message") throw new Error(`body "${body}" is not a message`);
}

function checkStreams({ methodKind, input, output }: DescMethod, body: string): void {
  const file = input.fields.find(({ name }) => name === body)?.message;
  const upload = methodKind === "client_streaming" && isHttpBody(file);
  const download = methodKind === "server_streaming" && isHttpBody(output);
  if (methodKind !== "unary" && !upload && !download) throw new Error("streams only google.api.HttpBody");
  if (methodKind === "unary" && (isHttpBody(file) || isHttpBody(output)))
    throw new Error("google.api.HttpBody must be a stream");
}

function refuseTwins(routes: Route[]): void {
  const seen = new Map<string, Route>();
  for (const route of routes) {
    const key = `${route.verb.toUpperCase()} ${route.template.replace(/\{[^}]+\}/g, "{}")}`;
    const twin = seen.get(key);
    if (twin) throw new Error(`${nameOf(twin.method)} and ${nameOf(route.method)} are both ${key}`);
    seen.set(key, route);
  }
}
