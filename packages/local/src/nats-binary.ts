import { chmodSync, cpSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { Advice } from "./advice.ts";
import { toolsFolder } from "./places.ts";
import { isExecutable, onPath, run } from "./run.ts";

export type Found = { binary: string; version: string; from: string };

type Say = (line: string) => void;

/**
 * No npm package carries nats-server, so it is looked for, nearest first, and on Debian fetched without being
 * root.
 */
export async function findNats(say: Say = () => {}): Promise<Found> {
  const cached = path.join(toolsFolder(), "nats-server");
  const given = process.env.NATS_SERVER_BIN;
  if (given) return check(given, "NATS_SERVER_BIN");
  const installed = onPath("nats-server");
  if (installed) return check(installed, "PATH");
  if (isExecutable(cached)) return check(cached, "the tools folder");
  if (onPath("apt-get") && onPath("dpkg-deb") && (await fetchFromDebian(cached, say)))
    return check(cached, "Debian");
  throw new Advice(
    "No nats-server found: install it (`brew install nats-server`, `apt-get install nats-server`), " +
      "or name one with NATS_SERVER_BIN, or a running one with NATS_URL.",
  );
}

async function check(binary: string, from: string): Promise<Found> {
  const answer = await run([binary, "--version"]).catch(() => {
    throw new Advice(`${binary} (from ${from}) is not a nats-server that starts here.`);
  });
  const version = answer.replace(/^.*v(?=\d)/, "");
  refuseOld(version, `${binary} (from ${from})`);
  return { binary, version, from };
}

export function refuseOld(version: string, who: string): void {
  if (!atLeast(version, "2.9.0")) throw new Advice(`${who} is NATS ${version}; 2.9 or later is needed.`);
}

export function atLeast(version: string, wanted: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).map(Number);
  const [have, need] = [numbers(version), numbers(wanted)];
  const differs = need.findIndex((part, at) => part !== have[at]);
  return differs === -1 || (have[differs] ?? 0) > (need[differs] ?? 0);
}

// apt checks the package against Debian's signed lists. A machine without lists gets private ones, which
// takes seconds more.
async function fetchFromDebian(target: string, say: Say): Promise<boolean> {
  say("Fetching nats-server from Debian's packages: once, 4 MB, no root needed.");
  const work = mkdtempSync(path.join(path.dirname(target), "nats-"));
  const own = ["State::Lists", "Cache"].flatMap((what) => ["-o", `Dir::${what}=${path.join(work, what)}`]);
  const apt = (...args: string[]) => run(["apt-get", "-o", "APT::Sandbox::User=root", ...args], work);
  try {
    await apt("download", "nats-server").catch(async () => {
      await apt(...own, "update");
      await apt(...own, "download", "nats-server");
    });
    const file = readdirSync(work).find((name) => name.endsWith(".deb")) ?? "";
    await run(["dpkg-deb", "-x", file, "unpacked"], work);
    const fetched = path.join(work, "nats-server");
    cpSync(path.join(work, "unpacked/usr/sbin/nats-server"), fetched);
    chmodSync(fetched, 0o755);
    renameSync(fetched, target); // at once, since others may be looking
    return true;
  } catch {
    return false; // the caller has a sentence for this
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
