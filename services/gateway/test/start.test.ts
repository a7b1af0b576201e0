// What the gateway cannot serve it says at start, in one sentence that names the method.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createLog } from "@guanxi/kit/log";
import type { Contract } from "@guanxi/kit/contract";
import { afterAll, expect, test } from "vitest";
import { createGateway } from "../src/gateway.ts";
import { printRoutes } from "../src/print-routes.ts";
import { routesOf } from "../src/routes.ts";
import { createFixture } from "./fixture.ts";

const fixture = createFixture();
const whole = fixture.build();
afterAll(() => fixture.remove());

const start = (contract: Contract, addresses: Record<string, string> = { book: "127.0.0.1:1" }) =>
  createGateway({ contract, addresses, log: createLog("gateway", "silent") }).close();

const GREET_ACCESS = `    option (guanxi.options.v1.access) = {
      resource: "customer"
      action: "contact"
    };
`;
const GREET_REQUEST = `message GreetCustomerRequest {
  string customer_id = 1 [(buf.validate.field).string.min_len = 1];
  string`;

const CASES: [what: string, from: string, to: string, told: RegExp][] = [
  ["no access", GREET_ACCESS, "", /GreetCustomer has no \(guanxi.options.v1.access\)/],
  [
    "a path for services only",
    'action: "contact"',
    'action: "contact"\n      caller: CALLER_SERVICE',
    /GreetCustomer: is for services only and must have no path/,
  ],
  [
    "twins",
    "{customer_id}:greet",
    "{customer_id}:archive",
    /ArchiveCustomer and .*GreetCustomer are both POST/,
  ],
  [
    "a pattern in the path",
    "/v1/customers/{customer_id}:greet",
    "/v1/{customer_id=customers/*}:greet",
    /GreetCustomer: path not supported/,
  ],
  [
    "an unknown field in the path",
    "{customer_id}:greet",
    "{nobody}:greet",
    /GreetCustomer: \{nobody\} is no field/,
  ],
  [
    "part of an answer",
    'get: "/v1/customers"}',
    'get: "/v1/customers" response_body: "customers"}',
    /ListCustomers: response_body is not supported/,
  ],
  ["an unknown body", 'body: "customer"', 'body: "client"', /CreateCustomer: body "client" is no field/],
  [
    "a body on GET",
    '{get: "/v1/customers"}',
    '{get: "/v1/customers" body: "*"}',
    /ListCustomers: get takes no body/,
  ],
  [
    "no body on POST",
    'post: "/v1/customers/{customer_id}:greet"\n      body: "*"',
    'post: "/v1/customers/{customer_id}:greet"',
    /GreetCustomer: post needs a body/,
  ],
  [
    "a stream of messages",
    "returns (ListCustomersResponse)",
    "returns (stream ListCustomersResponse)",
    /ListCustomers: streams only google.api.HttpBody/,
  ],
  [
    "sends without a request id",
    `${GREET_REQUEST} request_id`,
    `${GREET_REQUEST} other`,
    /GreetCustomer \(sends\), but has no request_id/,
  ],
  [
    "an additional binding that cannot be served",
    'get: "/v1/remarks/{page}"',
    'get: "/v1/remarks/{pages}"',
    /GetRemark: \{pages\} is no field/,
  ],
];

test.for(CASES)("it does not start on %s", ([, from, to, told]) => {
  const contract = fixture.edited(from, to, () => fixture.build());
  expect(() => start(contract)).toThrow(told);
});

test("it does not start without an address of an area", () => {
  start(whole);
  expect(() => start(whole, {})).toThrow("BOOK_GRPC_URL is missing");
});

test("a method for services has no path, and one for anybody says so in the list", () => {
  const routes = routesOf(whole);
  expect(routes.map(({ method }) => method.name)).not.toContain("ReadLedger");
  const printed = printRoutes(routes).split("\n");
  expect(printed[0]).toMatch(/^METHOD +PATH +RPC +ACCESS$/);
  expect(printed).toHaveLength(routes.length + 1);
  expect(printed.find((line) => line.includes("/v1/anything"))).toMatch(/KeepAnything +anyone$/);
  expect(printed.find((line) => line.includes(":greet"))).toMatch(/GreetCustomer +customer:contact, sends$/);
});

test("a gateway that is not configured names every variable and exits with 78", () => {
  const main = join(import.meta.dirname, "../src/main.ts");
  const env = { PATH: process.env.PATH, CORS_ORIGINS: "https://app.example.com/path" };
  const run = spawnSync(process.execPath, ["--conditions=source", main], {
    env,
    encoding: "utf8",
    timeout: 30_000,
  });
  expect(run.status).toBe(78);
  expect(run.stderr).toMatch(/HTTP_PORT is missing.*MANAGEMENT_PORT is missing.*CORS_ORIGINS is not valid/s);
  expect(run.stderr).toMatch(/IDENTITY_GRPC_URL is missing: write where the service listens/);
});
