import { expect, test } from "vitest";
import { natsAddress } from "./nats-address.ts";

test("a name and its password leave the address, and the name has an inbox of its own", () => {
  expect(natsAddress("nats://customer:a%2Fb@nats:4222")).toEqual({
    servers: "nats://nats:4222",
    user: "customer",
    pass: "a/b",
    inboxPrefix: "_INBOX.customer",
  });
  expect(natsAddress("tls://nats.example.com")).toEqual({ servers: "tls://nats.example.com" });
});
