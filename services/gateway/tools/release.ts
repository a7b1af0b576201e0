// npm run release: what the contract promises today becomes what later ones are held to.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { breaking, moveBaseline } from "./breaking.ts";
import { printOpenApi, SNAPSHOT } from "./openapi.ts";

const root = join(import.meta.dirname, "../../..");
for (const line of breaking(root)) console.log(line);
moveBaseline(root);
writeFileSync(SNAPSHOT, printOpenApi());
console.log("proto/baseline.binpb and services/gateway/openapi.json say what the protos say now.");
