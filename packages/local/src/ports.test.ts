import { once } from "node:events";
import { createServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { pickPorts } from "./ports.ts";

afterEach(() => void vi.unstubAllEnvs());

async function occupy(port: number): Promise<AsyncDisposable> {
  const server = createServer().listen(port, "127.0.0.1");
  await once(server, "listening");
  return { [Symbol.asyncDispose]: async () => void (await once(server.close(), "close")) };
}

test("a folder keeps its ports from start to start, each its own and none that outgoing connections get", async () => {
  const names = ["postgres", "nats", "customer", "customer-management"];
  const first = await pickPorts("/somewhere", names);
  expect(await pickPorts("/somewhere", names)).toEqual(first);
  expect(new Set(Object.values(first)).size).toBe(names.length);
  expect(Math.max(...Object.values(first))).toBeLessThan(32_768);
});

test("a taken port is passed over", async () => {
  const { nats } = await pickPorts("/elsewhere", ["nats"]);
  await using _ = await occupy(nats);
  expect((await pickPorts("/elsewhere", ["nats"])).nats).toBeGreaterThan(nats);
});

test("a given port is taken as it is, or refused by its variable's name", async () => {
  const { nats: port } = await pickPorts("/given", ["nats"]);
  vi.stubEnv("CUSTOMER_MANAGEMENT_PORT", String(port));
  expect(await pickPorts("/x", ["customer-management"])).toEqual({ "customer-management": port });
  await using _ = await occupy(port);
  await expect(pickPorts("/x", ["customer-management"])).rejects.toThrow(
    `Port ${port} (CUSTOMER_MANAGEMENT_PORT)`,
  );
  vi.stubEnv("CUSTOMER_MANAGEMENT_PORT", "none");
  await expect(pickPorts("/x", ["customer-management"])).rejects.toThrow("must be a port");
});

test("a given port is nobody else's", async () => {
  const { gateway } = await pickPorts("/y", ["gateway"]);
  vi.stubEnv("CUSTOMER_PORT", String(gateway));
  const ports = await pickPorts("/y", ["gateway", "customer"]);
  expect(ports.customer).toBe(gateway);
  expect(ports.gateway).not.toBe(gateway);
});
