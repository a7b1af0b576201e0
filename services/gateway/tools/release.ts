// npm run release: what the contract promises and the schemas are today becomes what later ones are held to.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { breaking, moveBaseline } from "./breaking.ts";
import { printOpenApi, SNAPSHOT } from "./openapi.ts";
import { readReleases, releaseFaults, releaseOf, writeReleases } from "./releases.ts";

const root = join(import.meta.dirname, "../../..");
const releases = readReleases(root);
const now = await releaseOf(root);
const faults = releaseFaults(root, releases, now);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);

for (const line of breaking(root)) console.log(line);
moveBaseline(root);
writeFileSync(SNAPSHOT, printOpenApi());
writeReleases(root, [...releases.filter(({ release }) => release !== now.release), now]);
console.log(
  `proto/baseline.binpb, services/gateway/openapi.json and deploy/releases.json say what ${now.release} is.`,
);
