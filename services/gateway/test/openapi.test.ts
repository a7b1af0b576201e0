import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printOpenApi, SNAPSHOT } from "../tools/openapi.ts";
import { createFixture } from "./fixture.ts";
import { openApi } from "../src/openapi.ts";
import { routesOf } from "../src/routes.ts";
import { ask, startRig, type Rig } from "./rig.ts";

let rig: Rig;
// oxlint-disable-next-line typescript/no-explicit-any -- an answer is looked into at any depth, and expect() says what is amiss
let document: Record<string, any>;
beforeAll(async () => {
  rig = await startRig();
  document = (await ask(`${rig.url}/openapi.json`)).json;
});
afterAll(() => rig.stop());

test("the snapshot says what is served (UPDATE=1 writes it anew)", () => {
  if (process.env.UPDATE) writeFileSync(SNAPSHOT, printOpenApi());
  expect(printOpenApi()).toBe(readFileSync(SNAPSHOT, "utf8"));
});

test("it says what the protos say", () => {
  const { schemas } = document.components;
  expect(schemas.Customer.properties.displayName.description).toBe(
    "The name that people call the customer by.",
  );
  expect(schemas.CustomerInput.required).toEqual(["displayName"]);
  expect(schemas.CustomerInput.properties.displayName.maxLength).toBe(200);
  expect(schemas.CustomerInput.properties.tags.items.pattern).toBe("^[a-z0-9-]{1,40}$");
  expect(schemas.CustomerInput.properties.etag).toBeUndefined();
  expect(schemas.CustomerPatch.required).toBeUndefined();
  expect(schemas.CustomerState.enum).toEqual(["STATE_UNSPECIFIED", "STATE_ACTIVE", "STATE_ARCHIVED"]);
  const list = document.paths["/v1/customers"].get;
  expect(list.summary).toBe("Lists customers, newest first");
  expect([list.parameters[0].schema.minimum, list.parameters[0].schema.maximum]).toEqual([0, 200]);
  expect(document.paths["/v1/customers/{customerId}"].patch.responses[412]).toBeDefined();
});

test("each path of an RPC has a name of its own, and one for anybody asks for no token", () => {
  const { paths } = document;
  expect(paths["/v1/customers/{customerId}/remarks/{page}"].get.operationId).toBe("getRemark");
  expect(paths["/v1/remarks/{page}"].get.operationId).toBe("getRemark2");
  expect(paths["/v1/remarks:find"].post.operationId).toBe("getRemark3");
  expect(paths["/v1/anything"].post.security).toEqual([]);
  expect(paths["/v1/customers"].post.security).toBeUndefined();
  expect(Object.keys(document.components.schemas)).not.toContain("ReadLedgerBody");
});

test("two RPCs of one name in two services are refused at start", () => {
  const fixture = createFixture();
  const twin = `service OtherService {
  rpc GetCustomer(GetCustomerRequest) returns (Customer) {
    option (google.api.http) = {get: "/v1/others/{customer_id}"};
    option (guanxi.options.v1.access) = {
      resource: "customer"
      action: "read"
    };
  }
}
message GetRemarkRequest {`;
  const contract = fixture.edited("message GetRemarkRequest {", twin, () => fixture.build());
  fixture.remove();
  expect(() => openApi(contract, routesOf(contract))).toThrow(
    "guanxi.book.v1.CustomerService/GetCustomer and guanxi.book.v1.OtherService/GetCustomer would both be getCustomer",
  );
});
