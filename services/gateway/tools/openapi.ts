// The document that the gateway serves, on stdout; with --write into the snapshot that reviewers read.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadContract } from "@guanxi/kit/contract";
import { openApi } from "../src/openapi.ts";
import { routesOf } from "../src/routes.ts";

export const SNAPSHOT = join(import.meta.dirname, "../openapi.json");

export function printOpenApi(): string {
  const contract = loadContract();
  return `${JSON.stringify(openApi(contract, routesOf(contract)), null, 2)}\n`;
}

if (import.meta.main) {
  if (process.argv.includes("--write")) writeFileSync(SNAPSHOT, printOpenApi());
  else process.stdout.write(printOpenApi());
}
