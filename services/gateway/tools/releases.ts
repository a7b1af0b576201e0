// What each release made of each schema: deploy/releases.json, by which `guanxi upgrade check` knows the way.
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { contractHash } from "@guanxi/kit/contract";
import { type Migration, stepsOf } from "@guanxi/kit/migrate";
import type { Release } from "@guanxi/kit/release";
import { schemaFault, stampOf, type Step } from "@guanxi/kit/schema-steps";

const FILE = "deploy/releases.json";

export const readReleases = (root: string) =>
  JSON.parse(readFileSync(join(root, FILE), "utf8")) as readonly Release[];

/** As the formatter writes it. */
export const writeReleases = (root: string, releases: readonly Release[]) =>
  writeFileSync(join(root, FILE), `${JSON.stringify(releases, null, 2)}\n`);

/** What the tree would be as a release. */
export async function releaseOf(root: string): Promise<Release> {
  const names = globSync("services/*/package.json", { cwd: root }).map((path) => basename(dirname(path)));
  const steps = names.sort().map(async (name) => [name, await stepsIn(root, name)] as const);
  return {
    release: versionIn(root, "package.json"),
    contract: contractHash(),
    services: Object.fromEntries(await Promise.all(steps)),
  };
}

/** The service's own, without those that every service has. */
export async function migrationsIn(root: string, service: string): Promise<readonly Migration[] | undefined> {
  const index = join(root, "services", service, "src/migrations/index.ts");
  if (!existsSync(index)) return undefined;
  return ((await import(index)) as { migrations: readonly Migration[] }).migrations;
}

async function stepsIn(root: string, service: string): Promise<Step[]> {
  const migrations = await migrationsIn(root, service);
  if (!migrations) return [];
  const steps = stepsOf(service, migrations).toSorted((a, b) => (stampOf(a) < stampOf(b) ? -1 : 1));
  return steps.map(({ name, needs }) => (needs ? { name, needs } : { name }));
}

/** Why the tree cannot be released after these; nothing where it can, or was. */
export function releaseFaults(root: string, releases: readonly Release[], now: Release): string[] {
  const last = releases.at(-1)!;
  const manifests = globSync("{package.json,{packages,services,e2e}/{,*/}package.json}", { cwd: root });
  const other = manifests.filter((path) => versionIn(root, path) !== now.release);
  const faults = other.map((path) => `${path} is not of version ${now.release}.`);
  if (now.release === last.release && isDeepStrictEqual(now, last)) return faults;
  if (compare(now.release, last.release) <= 0)
    faults.push(
      `${last.release} was released and is not what stands here: raise the version in each package.json.`,
    );
  const lost = lostSteps(last, now);
  return [...faults, ...lost, ...(lost.length > 0 ? [] : leftBehind(last, now))];
}

/** A migration that was released stays as it is. */
export function lostSteps(before: Release, after: Release): string[] {
  return Object.entries(before.services).flatMap(([service, steps]) =>
    steps
      .filter((step) => !after.services[service]?.some((other) => isDeepStrictEqual(step, other)))
      .map(
        ({ name }) => `${service}: ${name} was released with ${before.release} and is no more what it was.`,
      ),
  );
}

/** Between two releases in a row the older code goes on: what it uses may go in the one after. */
export function leftBehind(before: Release, after: Release): string[] {
  if (before.exact) return [];
  return Object.entries(before.services).flatMap(([service, steps]) => {
    const fault = schemaFault(steps, after.services[service] ?? []);
    return fault ? [`${service}: ${before.release} would stop, for ${fault}.`] : [];
  });
}

export function compare(one: string, other: string): number {
  const others = other.split(".");
  const differences = one.split(".").map((part, n) => Number(part) - Number(others[n]));
  return differences.find((difference) => difference !== 0) ?? 0;
}

const versionIn = (root: string, path: string) =>
  (JSON.parse(readFileSync(join(root, path), "utf8")) as { version: string }).version;
