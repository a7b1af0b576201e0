// The REST surface as one OpenAPI 3.1 document, from the routes that are served and the comments of the protos.
import type { DescField, DescService } from "@bufbuild/protobuf";
import { has, nameOf, type Contract } from "@guanxi/kit/contract";
import { commentOf, firstSentence } from "./comments.ts";
import { fieldAt, fieldOf, isPage } from "./fields.ts";
import { PROBLEM } from "./openapi-problem.ts";
import { schemas, type Schema, type Schemas } from "./openapi-schemas.ts";
import type { Route } from "./routes.ts";
import { STREAM_PATH } from "./stream.ts";
import { STREAM_TAG, streamOperation } from "./stream-openapi.ts";

const HEADER_FIELDS = ["etag", "request_id", "update_mask"];

export function openApi(contract: Contract, routes: Route[]): Schema {
  const known = schemas(contract);
  const services = new Set(routes.map(({ method }) => method.parent));
  const names = namesOf(services);
  const paths: Record<string, Schema> = {};
  const operations = new Map<string, string>();
  for (const route of routes) {
    const path = pathOf(route);
    const operationId = idOf(route, names);
    refuseTwin(operations, operationId, route);
    paths[path] = { ...paths[path], [route.verb]: operation(route, operationId, names, known) };
  }
  paths[STREAM_PATH] = { get: streamOperation };
  return {
    openapi: "3.1.1",
    info: { title: "Guanxi", version: "v1", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/" }],
    security: [{ token: [] }],
    tags: [
      ...[...services].map((service) => ({ name: names.tag(service), description: commentOf(service) })),
      STREAM_TAG,
    ],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
      responses: {
        Problem: {
          description: "Refused, and why.",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      schemas: { ...known.all(), Problem: PROBLEM },
    },
  };
}

interface Names {
  tag(service: DescService): string;
  /** The area, where another one has a service of the same name; else empty. */
  area(service: DescService): string;
}

/** Areas may offer a service of the same form, as all that take files do: then the area is part of its names. */
function namesOf(services: ReadonlySet<DescService>): Names {
  const shared = (name: string) => [...services].filter((service) => service.name === name).length > 1;
  const area = (service: DescService) =>
    shared(service.name) ? service.file.proto.package.split(".")[1]! : "";
  return { area, tag: (service) => `${capital(area(service))}${service.name.replace(/Service$/, "")}` };
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Clients name their functions by it, so it must be one of its kind in all services. */
function idOf({ method, binding }: Route, names: Names): string {
  const area = names.area(method.parent);
  const name = area ? area + capital(method.localName) : method.localName;
  return name + (binding > 0 ? binding + 1 : "");
}

function refuseTwin(operations: Map<string, string>, operationId: string, { method }: Route): void {
  const twin = operations.get(operationId);
  if (twin) throw new Error(`${twin} and ${nameOf(method)} would both be ${operationId} in OpenAPI`);
  operations.set(operationId, nameOf(method));
}

function operation(route: Route, operationId: string, names: Names, known: Schemas): Schema {
  const { method } = route;
  const comment = commentOf(method);
  return {
    operationId,
    summary: firstSentence(comment),
    description: comment,
    tags: [names.tag(method.parent)],
    ...(route.access.caller === "anyone" && { security: [] }),
    parameters: [...pathParameters(route, known), ...queryParameters(route, known), ...headers(route)],
    ...(route.body && { requestBody: { required: true, content: bodyOf(route, known) } }),
    responses: { ...success(route, known), ...refusals(route) },
  };
}

function pathParameters(route: Route, known: Schemas): Schema[] {
  return route.pathFields.map((path) => {
    const field = fieldAt(route.method.input, path)!;
    return {
      name: field.jsonName,
      in: "path",
      required: true,
      ...described(field),
      schema: known.plain(field),
    };
  });
}

function queryParameters({ method, body, pathFields }: Route, known: Schemas): Schema[] {
  if (body === "*") return [];
  const inPath = pathFields.map((path) => path.split(".")[0]);
  const fields = method.input.fields.filter(
    ({ name }) => name !== body && !inPath.includes(name) && !HEADER_FIELDS.includes(name),
  );
  return fields.map((field) => ({
    name: field.jsonName,
    in: "query",
    ...described(field),
    schema: known.plain(field),
  }));
}

function headers({ method, verb, sends }: Route): Schema[] {
  const header = (name: string, description: string, required = false) => ({
    name,
    in: "header",
    required,
    description,
    schema: { type: "string" },
  });
  const write = verb === "patch" || verb === "put" || verb === "delete";
  return [
    ...(has(method.input, "etag")
      ? [header("If-Match", "The ETag that was read; another one by now is refused with 412.", write)]
      : []),
    ...(has(method.input, "request_id")
      ? [header("Idempotency-Key", "The same key again gives the first answer again.", sends)]
      : []),
    ...(verb === "get" && has(method.output, "etag")
      ? [header("If-None-Match", "Answers 304 when this is still the ETag.")]
      : []),
  ];
}

function bodyOf(route: Route, known: Schemas): Schema {
  const { method, body, verb } = route;
  if (method.methodKind === "client_streaming")
    return { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
  const schema =
    body === "*"
      ? known.body(
          method,
          (field) => !route.pathFields.includes(field.name) && !HEADER_FIELDS.includes(field.name),
        )
      : known.ref(fieldOf(method.input, body)!.message!, verb === "patch" ? "Patch" : "Input");
  return { [isPage(method.output) ? "application/x-www-form-urlencoded" : "application/json"]: { schema } };
}

function success({ method, verb }: Route, known: Schemas): Schema {
  if (method.methodKind === "server_streaming")
    return {
      200: {
        description: "The file.",
        content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
      },
    };
  if (isPage(method.output))
    return {
      200: {
        description: "A page or a picture.",
        content: { "*/*": { schema: { type: "string", format: "binary" } } },
      },
      302: { description: "Leads elsewhere." },
    };
  const etag = has(method.output, "etag") && {
    headers: { ETag: { description: "The version, quoted.", schema: { type: "string" } } },
  };
  const ok = {
    description: "Done.",
    ...etag,
    content: { "application/json": { schema: known.ref(method.output, "") } },
  };
  return verb === "get" && etag ? { 200: ok, 304: { description: "Unchanged." } } : { 200: ok };
}

function refusals({ method, verb, pathFields }: Route): Schema {
  const statuses = [400, 401, 403];
  if (pathFields.length > 0) statuses.push(404);
  if (verb !== "get") statuses.push(409);
  if (has(method.input, "etag")) statuses.push(412, 428);
  if (has(method.input, "request_id")) statuses.push(422);
  const problem = { $ref: "#/components/responses/Problem" };
  return { ...Object.fromEntries(statuses.map((status) => [status, problem])), default: problem };
}

/** /v1/customers/{customer.customer_id} and /v1/customers/{customer_id} are one path: /v1/customers/{customerId}. */
const pathOf = ({ method, template }: Route) =>
  template.replace(/\{([^}]+)\}/g, (_, path: string) => `{${fieldAt(method.input, path)!.jsonName}}`);

const described = (field: DescField) => {
  const description = commentOf(field);
  return description ? { description } : {};
};
