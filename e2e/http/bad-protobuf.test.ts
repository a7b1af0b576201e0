// Past the gateway, where a service is spoken to by anything: bytes that are no message get a proper refusal.
import { createHash } from "node:crypto";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { Customer, Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CreateCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { loadContract } from "@guanxi/kit/contract";
import { startService } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { customer } from "../../services/customer/src/app.ts";

const RANDOM = 40; // messages for each method
const CREATE = "/guanxi.customer.v1.CustomerService/CreateCustomer";

let service: Awaited<ReturnType<typeof startService>>;
let client: Client;
let metadata: Metadata;

beforeAll(async () => {
  service = await startService(customer);
  client = new Client(service.grpcAddress(), credentials.createInsecure());
  metadata = new Metadata();
  metadata.set("authorization", `Bearer ${(await service.user()).token}`);
}, 60_000);
afterAll(async () => {
  client?.close();
  await service?.stop();
});

function codeOf(path: string, bytes: Buffer): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const asIs = (each: Buffer) => each;
  const options = { deadline: Date.now() + 30_000 };
  client.makeUnaryRequest(path, asIs, asIs, bytes, metadata, options, (error: ServiceError | null) =>
    resolve(status[error?.code ?? status.OK]),
  );
  return promise;
}

const OURS = ["INTERNAL", "UNKNOWN", "DEADLINE_EXCEEDED"]; // what would say: the service is at fault

function methods(): string[] {
  const services = [...loadContract()].filter((desc) => desc.kind === "service");
  const areas = services.filter(({ typeName }) => typeName.startsWith("guanxi.customer."));
  return areas.flatMap(({ typeName, methods }) => methods.map(({ name }) => `/${typeName}/${name}`));
}

/** The same bytes at every run. */
function noise(seed: string): Buffer {
  const parts = Array.from({ length: 8 }, (_, part) =>
    createHash("sha256").update(`${seed} ${part}`).digest(),
  );
  const all = Buffer.concat(parts);
  return all.subarray(0, 1 + (all[0]! % all.length));
}

test("noise is refused by every method, and none is at fault", { timeout: 60_000 }, async () => {
  const wrong: string[] = [];
  const all = methods();
  expect(all.length).toBeGreaterThan(30);
  for (const path of all) {
    const seeds = Array.from({ length: RANDOM }, (_, index) => `${path} ${index}`);
    const codes = await Promise.all(seeds.map((seed) => codeOf(path, noise(seed))));
    codes.forEach((code, index) => OURS.includes(code) && wrong.push(`${code} ${seeds[index]}`));
  }
  expect(wrong).toEqual([]);
});

const whole = () => {
  const sent = { kind: Customer_Kind.ORGANISATION, displayName: "林记茶行", tags: ["vip"], custom: {} };
  const request = CreateCustomerRequest.fromPartial({ customer: Customer.fromPartial(sent), requestId: "" });
  return Buffer.from(CreateCustomerRequest.encode(request).finish());
};

test("a message that breaks off anywhere is refused", async () => {
  const bytes = whole();
  const lengths = Array.from({ length: bytes.length }, (_, length) => length);
  const codes = await Promise.all(lengths.map((length) => codeOf(CREATE, bytes.subarray(0, length))));
  expect(new Set(codes)).toEqual(new Set(["INVALID_ARGUMENT"]));
  expect(await codeOf(CREATE, bytes)).toBe("OK");
});

test("a message with one bit turned is refused or taken", async () => {
  const bytes = whole();
  const turned = Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes);
    copy[bit >> 3]! ^= 1 << (bit & 7);
    return copy;
  });
  const codes = await Promise.all(turned.map((each) => codeOf(CREATE, each)));
  expect(codes.filter((code) => OURS.includes(code))).toEqual([]);
  expect(codes).toContain("INVALID_ARGUMENT");
});

test("text that is no UTF-8 is refused", async () => {
  const bytes = whole();
  const at = bytes.indexOf("林");
  bytes[at] = 0xff;
  expect(await codeOf(CREATE, bytes)).toBe("INVALID_ARGUMENT");
});
