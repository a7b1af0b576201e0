import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Release } from "@guanxi/kit/release";
import { Advice } from "@guanxi/local/advice";
import { handOver } from "./hand-over.ts";
import { runningRelease } from "./upgrade-running.ts";
import { judge, type Verdict, worst } from "./upgrade-verdict.ts";

export interface UpgradeOptions {
  readonly to?: string;
  readonly releases?: string;
}

/** 0 nothing stands in the way, 1 cannot tell, 2 back up first, 3 not from what runs now. */
const EXIT = { unknown: 1, restore: 3, stop: 3, backup: 2, directly: 0, already: 0 } as const;

/** Those that were known when this was made: in a checkout, and in an image. */
const OWN = ["../../../deploy/releases.json", "../releases.json"].map((file) =>
  path.join(import.meta.dirname, file),
);

/** Says of each service what changing it to a release asks, and in the last line what holds for all. */
export async function upgradeCheck({ to, releases: place }: UpgradeOptions): Promise<void> {
  if (!to) throw new Advice("Name the release: npx guanxi upgrade check --to 0.5.0.");
  const releases = await read(place ?? OWN.find((file) => existsSync(file)) ?? OWN[0]!);
  // Read here: inside there is neither a way out nor this machine's files.
  const words = ["upgrade", "check", "--to", to, "--releases", "-"];
  if (handOver(words, JSON.stringify(releases))) return;
  const services = [...new Set(releases.flatMap(({ services }) => Object.keys(services)))];
  const told = await Promise.all(services.map((service) => about(releases, service, to)));
  const judged = told.filter((each) => each !== undefined);
  const width = Math.max(...judged.map(({ service }) => service.length));
  for (const { service, verdict } of judged)
    console.log(`${service.padEnd(width)}  ${TEXT[verdict.kind](verdict)}: ${verdict.why}`);
  const all = worst(
    releases,
    judged.map(({ verdict }) => verdict),
  );
  console.log(`${to}: ${TEXT[all.kind](all)}.`);
  process.exitCode = EXIT[all.kind];
}

const TEXT: Record<Verdict["kind"], (verdict: Verdict) => string> = {
  unknown: () => "cannot tell",
  restore: () => "restore a backup first",
  stop: ({ stops }) => `stop at ${stops!.join(", then at ")} first`,
  backup: () => "back up first",
  directly: () => "directly",
  already: () => "already there",
};

/**
 * Nothing of a service that neither runs nor is wanted, or that does not run and has nothing to keep: where the gateway shows the
 * pages, there is no console of its own.
 */
async function about(releases: readonly Release[], service: string, to: string) {
  const running = await runningRelease(releases, service);
  const wanted = releases.find(({ release }) => release === to)?.services[service];
  if (running.kind === "none" && !wanted?.length) return undefined;
  if (running.kind === "fault") return { service, verdict: { kind: "unknown", why: running.why } as Verdict };
  const from = running.kind === "none" ? undefined : running.release;
  return { service, verdict: judge(releases, { service, from, to }) };
}

async function read(place: string): Promise<readonly Release[]> {
  const text = /^https?:/.test(place) ? await fetched(place) : readHere(place);
  const releases = parsed(text);
  if (!Array.isArray(releases) || !releases.every(({ release, services }) => release && services))
    throw new Advice(`${place} is no list of releases.`);
  return releases;
}

function parsed(text: string): readonly Release[] | undefined {
  try {
    return JSON.parse(text) as Release[];
  } catch {
    return undefined; // a page of a proxy, say
  }
}

async function fetched(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch((error: Error) => {
    const why = error.cause instanceof Error ? error.cause.message : error.message;
    throw new Advice(
      `${url} cannot be read (${why}): fetch it where there is a way out, and hand it over by --releases - < releases.json.`,
    );
  });
  if (!answer.ok) throw new Advice(`${url} answers ${answer.status}.`);
  return answer.text();
}

function readHere(file: string): string {
  // By its number: who is not root in a container may not open it by name.
  if (file === "-" || file === "/dev/stdin") return readFileSync(0, "utf8");
  if (!existsSync(file)) throw new Advice(`There is no ${file}: name the list of releases by --releases.`);
  return readFileSync(file, "utf8");
}
