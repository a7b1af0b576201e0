import { isDeepStrictEqual } from "node:util";
import type { Release } from "@guanxi/kit/release";
import { schemaVersion } from "@guanxi/kit/schema-steps";
import type { Version } from "@guanxi/kit/version";
import { Client, escapeIdentifier } from "pg";
import { addresses } from "./addresses.ts";

type Running =
  | { readonly kind: "release"; readonly release: string }
  /** It neither runs nor has ever been migrated. */
  | { readonly kind: "none" }
  | { readonly kind: "fault"; readonly why: string };

const TIMEOUT_MS = 3_000;

/** By what a service says itself; the first release says nothing, so its schema is asked. */
export async function runningRelease(releases: readonly Release[], service: string): Promise<Running> {
  const answer = await ask(`${addresses().management(service)}/version`);
  if (answer?.ok) return known(releases, service, (await answer.json()) as Version);
  if (answer && answer.status !== 404) return fault(`/version answers ${answer.status}`);
  const silence = answer ? "has no /version" : "does not answer";
  try {
    return (await bySchema(releases, service, answer !== undefined)) ?? fault(silence);
  } catch (error) {
    return fault(`${silence}, and its schema cannot be asked (${(error as Error).message})`);
  }
}

/** Nothing of a service that has been there and does not answer now. */
async function bySchema(
  releases: readonly Release[],
  service: string,
  answers: boolean,
): Promise<Running | undefined> {
  const hasSchema = releases.some(({ services }) => services[service]?.length);
  const applied = hasSchema ? await appliedTo(service) : [];
  const silent = releases.filter(({ exact, services }) => exact && services[service]);
  if (!answers) return applied.length === 0 && silent.length === 0 ? { kind: "none" } : undefined;
  const found = silent.findLast(({ services }) =>
    isDeepStrictEqual(services[service]!.map(nameOf).sort(), applied),
  );
  return found ? { kind: "release", release: found.release } : fault("has a schema that no release has made");
}

/** A build between two releases bears the name of one, and is not it. */
function known(releases: readonly Release[], service: string, { release, schema }: Version): Running {
  const steps = releases.find((each) => each.release === release)?.services[service];
  if (steps && !isDeepStrictEqual(schema, steps.length > 0 ? schemaVersion(steps) : undefined))
    return fault(`calls itself ${release}, but its schema is not that of ${release}`);
  return { kind: "release", release };
}

const fault = (why: string): Running => ({ kind: "fault", why });

/** Nothing where nobody listens or answers in time: the database is asked then, and the verdict says what it could not tell. */
const ask = (url: string) => fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => undefined);

/** The names of a schema's migrations; none where it has no schema. */
async function appliedTo(service: string): Promise<string[]> {
  const table = `${escapeIdentifier(service.replaceAll("-", "_"))}.migrations`;
  const client = new Client({ connectionString: addresses().databaseAdminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select where to_regclass($1) is not null", [table]);
    if (!rowCount) return [];
    const { rows } = await client.query(`select name from ${table}`);
    return (rows as { name: string }[]).map(nameOf).sort();
  } finally {
    await client.end();
  }
}

const nameOf = ({ name }: { name: string }) => name;
