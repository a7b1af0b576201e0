import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Advice } from "@guanxi/local/advice";
import { root } from "@guanxi/local/places";

/** The gateway knows its routes; no package imports a service, so it is asked as a program. */
export function routes(): void {
  const program = path.join(root, "services/gateway/src/print-routes.ts");
  if (!existsSync(program)) throw new Advice("Ask for the routes in a checkout: an image has no sources.");
  const { status } = spawnSync(process.execPath, ["--conditions=source", program], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
