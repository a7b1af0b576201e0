// The service as a process of its own, beside the one of the test on the same ground, so that it can be killed.
import { spawn } from "node:child_process";
import { connect, createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { startService } from "@guanxi/testkit/service";
import { TEST_ISSUER } from "@guanxi/testkit/tokens";

const PROGRAM = path.join(import.meta.dirname, "../src/main.ts");
const LONG_MS = 60_000;

type Service = Awaited<ReturnType<typeof startService>>;

export async function startBeside({ database, nats, keys }: Service, env: Record<string, string>) {
  const port = await freePort();
  const child = spawn(process.execPath, ["--conditions=source", PROGRAM, "serve"], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.urlOf("app"),
      DATABASE_RELAY_URL: database.urlOf("relay"),
      NATS_URL: nats.url,
      GRPC_PORT: String(port),
      MANAGEMENT_PORT: "0",
      TOKEN_ISSUER: TEST_ISSUER,
      TOKEN_KEYS_URL: keys.url,
      LOG_LEVEL: "error",
      ...env,
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const end = performance.now() + LONG_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}`);
    if (performance.now() > end) throw new Error("the process does not start");
    await pause(20);
  }
  return {
    address: `127.0.0.1:${port}`,
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
