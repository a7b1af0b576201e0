import { afterAll, beforeEach, expect, test } from "vitest";
import { ask, startRig } from "./rig.ts";

const rig = await startRig();
afterAll(() => rig.stop());
beforeEach(() => {
  rig.batches.sizes = [];
  rig.batches.known = true;
});

const create = (displayName: string) =>
  ask(`${rig.url}/v1/customers`, { method: "POST", json: { displayName } });
const get = (id: string) => ask(`${rig.url}/v1/customers/${id}`);
const names = Array.from({ length: 60 }, (_, index) => `Customer ${index}`);

async function createAndGetAll(): Promise<void> {
  const made = await Promise.all(names.map(create));
  expect(made.map(({ json }) => json.displayName)).toEqual(names);
  const read = await Promise.all(
    made.flatMap(({ json }) => [get(json.customerId), get(`no-${json.customerId}`)]),
  );
  expect(read.map(({ status }) => status)).toEqual(made.flatMap(() => [200, 404]));
  const found = read.filter(({ status }) => status === 200);
  expect(found.map(({ json }) => json.displayName)).toEqual(names);
  const missing = read.filter(({ status }) => status === 404);
  expect(new Set(missing.map(({ json }) => json.reason))).toEqual(new Set(["CUSTOMER_NOT_FOUND"]));
}

test("calls that come together travel together, and each has its own answer or refusal", async () => {
  await createAndGetAll();
  expect(rig.batches.sizes.length).toBeGreaterThan(0);
  expect(Math.min(...rig.batches.sizes)).toBeGreaterThan(1);
  expect(Math.max(...rig.batches.sizes)).toBeLessThanOrEqual(16);
});

test("what a service is not ready for is asked for once more, in a batch as alone", async () => {
  const { customerId } = (await create("Kept")).json;
  rig.trouble.unavailable = 10;
  const read = await Promise.all(names.map(() => get(customerId)));
  expect(read.map(({ status }) => status)).toEqual(names.map(() => 200));
  expect([rig.trouble.unavailable, rig.batches.sizes.length > 0]).toEqual([0, true]);
});

test("a service that knows no batches yet is asked one by one", async () => {
  rig.batches.known = false;
  await createAndGetAll();
  expect(rig.batches.sizes).toEqual([]);
});

test("a call that comes alone travels as such, with its caller and its trace", async () => {
  const seen = rig.seen.length;
  await ask(`${rig.url}/v1/customers/nobody`, { headers: { authorization: "Bearer me" } });
  expect(rig.batches.sizes).toEqual([]);
  expect(rig.seen[seen]!.metadata.get("authorization")).toEqual(["Bearer me"]);
});

test("a list is never gathered: its answers are large, and one would wait for another", async () => {
  await Promise.all(names.map(() => ask(`${rig.url}/v1/customers`)));
  expect(rig.batches.sizes).toEqual([]);
});
