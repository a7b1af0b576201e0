// Past the gateway, where a service is spoken to by anything: bytes that are no message get a proper refusal.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
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
  const areas = services.filter(({ typeName }) => /^guanxi\.(customer|kit|event)\./.test(typeName));
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

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const part = (field: number, bytes: Buffer) =>
  Buffer.concat([Buffer.from([...varint(field * 8 + 2), ...varint(bytes.length)]), bytes]);

/** Customer.custom = {"": [[[…]]]} */
function nested(depth: number): Buffer {
  let value: Buffer = Buffer.alloc(0);
  for (let level = 0; level < depth; level++) value = part(6, part(1, value));
  return part(1, part(21, part(1, part(2, value))));
}

const ENDLESS = Array<number>(1_000).fill(0xff);
const HOSTILE: [what: string, bytes: Buffer][] = [
  ["a length of 2^63", Buffer.from([0x0a, ...ENDLESS.slice(0, 8), 0x7f])],
  ["a length of 2^32 - 1", Buffer.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f])],
  ["a length of 2^31", Buffer.from([0x0a, 0x80, 0x80, 0x80, 0x80, 0x08])],
  ["a number without an end", Buffer.from([0x08, ...ENDLESS])],
  ["a length without an end", Buffer.from([0x0a, ...ENDLESS])],
  ["a field without an end", Buffer.from(ENDLESS)],
  ["field 0", Buffer.from([0x02, 0x01, 0x00])],
  ["a kind of value that there is not", Buffer.from([0x0e])],
  ["the end of a group that has not begun", Buffer.from([0x0c])],
  ["100,000 groups in each other", Buffer.alloc(100_000, 0x0b)],
  ["100 lists in each other", nested(100)],
  ["1,000 lists in each other", nested(1_000)],
  ["10,000 lists in each other", nested(10_000)],
];

test.each(HOSTILE)("%s is refused by every method, and the next call is answered", async (_, bytes) => {
  const hurt = await Promise.all(methods().map(async (path) => `${await codeOf(path, bytes)} ${path}`));
  expect(hurt.filter((answer) => OURS.some((code) => answer.startsWith(code)))).toEqual([]);
  expect(hurt.filter((answer) => answer.endsWith(CREATE))).toEqual([`INVALID_ARGUMENT ${CREATE}`]);
  expect(await codeOf(CREATE, whole())).toBe("OK");
});

test("what speaks no HTTP/2 at the port of a service breaks nothing", async () => {
  const [host, port] = service.grpcAddress().split(":");
  const talks = Array.from({ length: 20 }, (_, index) => noise(`talk ${index}`));
  const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  await Promise.all(
    [...talks, ...talks.map((talk) => Buffer.concat([preface, talk]))].map(async (bytes) => {
      const socket = connect(Number(port), host);
      socket.on("error", () => {}); // it hangs up as it likes
      socket.end(bytes);
      socket.resume();
      await once(socket, "close");
    }),
  );
  expect(await codeOf(CREATE, whole())).toBe("OK");
});
