// One more process of a service, beside the one that the runner keeps, with the settings of that one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { root } from "@guanxi/local/places";

export interface Replica {
  /** A gateway's. */
  readonly port: number;
  readonly grpcPort: number;
  readonly managementPort: number;
  /** SIGTERM, and what it ended with. */
  stop(): Promise<unknown>;
}

export async function startReplica(name: string, env: Record<string, string>): Promise<Replica> {
  const main = path.join(root, "services", name, "src/main.ts");
  const child = spawn(process.execPath, ["--conditions=source", main], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ports = await readyIn(child);
  const ended = once(child, "exit");
  return {
    ...ports,
    async stop() {
      child.kill("SIGTERM");
      return (await ended)[0];
    },
  };
}

function readyIn(child: ChildProcess): Promise<Omit<Replica, "stop">> {
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("it has ended before it was ready")));
    createInterface(child.stdout!).on("line", (line) => {
      const { msg, ...ports } = JSON.parse(line) as { msg: string } & Omit<Replica, "stop">;
      if (msg === "ready") resolve(ports);
    });
  });
}
