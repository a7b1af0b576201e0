// The system under test, started as `npm start` does, on a folder that goes again.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, tokenFor } from "@guanxi/client/send";
import { readRunning, type Running } from "@guanxi/local/data-folder";
import { signIdToken } from "@guanxi/local/issuer";
import { root } from "@guanxi/local/places";
import { secret } from "@guanxi/local/secrets";
import { Client } from "pg";
import type { Processes } from "./cpu.ts";

export interface System {
  readonly ports: Running["ports"];
  readonly processes: Processes;
  readonly natsUrl: string;
  /** As the database's admin. */
  readonly adminUrl: string;
  readonly admin: Client;
  readonly gateway: string;
  authorization(): Promise<string>;
  /** By which a browser begins a session as lin. */
  idToken(): Promise<string>;
  /** From now on this process calls the gateway as lin. */
  signIn(): Promise<void>;
  stop(): Promise<void>;
}

const TOKEN_FRESH_MS = 180_000;

export async function startSystem(variables: Record<string, string> = {}): Promise<System> {
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-bench-"));
  const program = path.join(root, "packages/local/src/main.ts");
  const stdio: ["ignore", "pipe", "inherit"] = ["ignore", "pipe", "inherit"];
  const runner = spawn(process.execPath, ["--conditions=source", program], {
    env: { ...process.env, ...variables, GUANXI_DATA: folder, GUANXI_DEMO: "none" },
    stdio,
  });
  const ended = once(runner, "close");
  const stop = async () => {
    runner.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(runner.stdout, ended);
    return await opened(folder, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(output: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<void> {
  let said = "";
  const failure = () => new Error(`the system did not come up:\n${said}`);
  const complete = new Promise<void>((resolve, reject) => {
    output.on("data", (data) => {
      said += String(data);
      if (said.includes("Ready in")) resolve();
      if (said.includes("did not come up")) reject(failure()); // the runner stays, for somebody to look
    });
  });
  const failed = ended.then(() => Promise.reject(failure()));
  await Promise.race([complete, failed]);
}

async function opened(folder: string, stop: () => Promise<void>): Promise<System> {
  const running = readRunning(folder)!;
  const { ports, children } = running;
  const password = secret(folder, `postgres-${process.env.GUANXI_PG ?? "18"}`).value;
  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${ports.postgres}/guanxi`;
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  const gateway = `http://127.0.0.1:${ports.gateway}`;
  const authorization = authorizations(folder, gateway);
  connect({ url: gateway });
  return {
    ports,
    processes: Object.fromEntries(Object.entries(children).map(([name, { pid }]) => [name, pid])),
    natsUrl: `nats://127.0.0.1:${ports.nats}`,
    adminUrl,
    admin,
    gateway,
    authorization,
    idToken: () => signIdToken(folder, "lin"),
    async signIn() {
      await authorization();
      connect({ url: gateway, token: async () => (await authorization()).replace("Bearer ", "") });
    },
    async stop() {
      await admin.end();
      await stop();
    },
  };
}

/** Tokens last five minutes, and a bench longer. */
function authorizations(folder: string, gateway: string): () => Promise<string> {
  let fresh = { until: 0, value: "" };
  return async () => {
    if (performance.now() < fresh.until) return fresh.value;
    const token = await tokenFor(gateway, await signIdToken(folder, "lin"));
    fresh = { until: performance.now() + TOKEN_FRESH_MS, value: `Bearer ${token}` };
    return fresh.value;
  };
}

/** A program of this folder as a process of its own, and its first message. */
export async function startHelper<T>(file: string, ...args: string[]) {
  const child = fork(path.join(import.meta.dirname, file), args, { execArgv: ["--conditions=source"] });
  const [first] = (await once(child, "message")) as [T];
  return { child, first, stop: () => child.disconnect() };
}
