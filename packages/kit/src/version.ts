import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contractHash } from "./contract.ts";
import type { SchemaVersion } from "./schema-steps.ts";

/** What runs: on the management port as /version, and from the subcommand `version`. */
export interface Version {
  readonly service: string;
  /** Empty where the process was not started from a package of this project, as in a test. */
  readonly release: string;
  /** Of the source; empty where the builder has not said it. */
  readonly revision: string;
  /** Of whoever has a database. */
  readonly schema?: SchemaVersion;
  readonly contract: string;
}

export function versionOf(service: string, schema?: SchemaVersion): Version {
  const revision = process.env.GUANXI_REVISION ?? "";
  return {
    service,
    release: releaseOf(process.argv[1]),
    revision,
    ...(schema && { schema }),
    contract: contractHash(),
  };
}

/** Of the package that the program belongs to, in a checkout as in an image. */
function releaseOf(program: string | undefined): string {
  for (let folder = program && dirname(program); folder; folder = above(folder)) {
    const manifest = join(folder, "package.json");
    if (!existsSync(manifest)) continue;
    const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as Record<string, string>;
    return name?.startsWith("@guanxi/") ? (version ?? "") : "";
  }
  return "";
}

const above = (folder: string) => (dirname(folder) === folder ? undefined : dirname(folder));
