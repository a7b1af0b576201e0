// The whole system, as `npm start` raises it, on a data folder of this test file's own.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, tokenFor } from "@guanxi/client/send";
import { WaitForRequest, WatermarkServiceService } from "@guanxi/contract/guanxi/event/v1/event_service";
import { signIdToken } from "@guanxi/local/issuer";
import { root } from "@guanxi/local/places";
import { secret } from "@guanxi/local/secrets";
import { services } from "@guanxi/local/services";
import { callsTo } from "@guanxi/testkit/calls";
import { Client } from "pg";
import { expect, vi } from "vitest";
import { processesOf } from "../local/processes.ts";
import { startRunner } from "../local/runner.ts";
import { prepare } from "./prepared.ts";
import { remembered } from "./remembered.ts";
import { lastSequence } from "./stream.ts";

export type System = Awaited<ReturnType<typeof startSystem>>;

export const LONG = { timeout: 120_000, interval: 50 };
const BEHIND = services.filter(({ front }) => !front).map(({ name }) => name);

/** Ready when it answers. From then on the typed client speaks to its gateway, as `lin` unless a call says otherwise. */
export async function startSystem(
  variables: Record<string, string> = {},
  furnish: (folder: string) => Promise<void> = prepare,
) {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "guanxi-system-")));
  await furnish(folder); // what a system before this one has left
  const runner = startRunner(folder, variables);

  async function stop(): Promise<void> {
    runner.kill("SIGINT");
    await vi.waitFor(() => expect(processesOf(folder)).toEqual([]), LONG);
    rmSync(folder, { recursive: true, force: true });
  }
  try {
    await runner.says(/Ready in/);
    return { ...raised(folder, runner), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function raised(folder: string, runner: ReturnType<typeof startRunner>) {
  const { ports } = runner.running();
  const at = (name: string) => `127.0.0.1:${ports[name]}`;
  const url = `http://${at("gateway")}`;
  const natsUrl = `nats://${at("nats")}`;
  const password = secret(folder, `postgres-${process.env.GUANXI_PG ?? "18"}`).value;
  const adminUrl = `postgres://postgres:${password}@${at("postgres")}/guanxi`;
  const token = remembered(async (subject) => tokenFor(url, await signIdToken(folder, subject)));
  connect({ url, token: () => token("lin") });

  /** As the database's superuser, who is bound by no policy. */
  async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end();
    }
  }

  async function ready(): Promise<void> {
    for (const { name } of services)
      await vi.waitFor(async () => {
        const { status } = await fetch(`http://${at(`${name}-management`)}/health/ready`);
        expect(status, name).toBe(200);
      }, LONG);
  }

  /** Ended, and back again by the runner's doing. Nobody else goes with it. */
  async function end(name: string, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    const before = { ...runner.running().children };
    const { pid } = before[name]!;
    process.kill(pid, signal);
    await vi.waitFor(() => expect(runner.running().children[name]!.pid).not.toBe(pid), LONG);
    await ready();
    expect({ ...runner.running().children, [name]: before[name] }).toEqual(before);
  }

  /** Neither dead nor answering, until the answer is called. */
  function silence(name: string): () => void {
    const { pid } = runner.running().children[name]!;
    process.kill(pid, "SIGSTOP");
    return () => void process.kill(pid, "SIGCONT");
  }

  /** What a service runs with. */
  function environment(name: string): Record<string, string> {
    const { pid } = runner.running().children[name]!;
    const pairs = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
    return Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  }

  /** A subcommand of a service that runs, with the settings that it runs with; answers what it prints. */
  function program(name: string, args: string[]): Promise<string> {
    const env = environment(name);
    const main = path.join(root, "services", name, "src/main.ts");
    return new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        ["--conditions=source", main, ...args],
        { env },
        (error, printed, complaint) => (error ? reject(new Error(printed + complaint)) : resolve(printed)),
      );
    });
  }

  /** What was recorded is published, and every reader has applied it. */
  async function settled(): Promise<void> {
    await vi.waitFor(async () => {
      for (const name of BEHIND)
        expect(await sql(`select 1 from ${name.replaceAll("-", "_")}.outbox limit 1`), name).toEqual([]);
    }, LONG);
    const request = WaitForRequest.fromPartial({ streamSequence: BigInt(await lastSequence(natsUrl)) });
    const proof = readFileSync(path.join(folder, "service-tokens/analytics.jwt"), "utf8");
    const bearer = await tokenFor(url, proof);
    for (const name of BEHIND) {
      const calls = callsTo(at(name));
      await calls.call(WatermarkServiceService.waitFor, request, bearer, { deadline: Date.now() + 60_000 });
      calls.close();
    }
  }

  return {
    url,
    folder,
    natsUrl,
    token,
    sql,
    murder: (name: string) => end(name, "SIGKILL"),
    restart: (name: string) => end(name, "SIGTERM"),
    silence,
    environment,
    program,
    settled,
  };
}
