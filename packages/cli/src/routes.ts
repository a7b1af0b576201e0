import { spawnSync } from "node:child_process";
import path from "node:path";
import { root } from "@guanxi/local/places";

/** The gateway knows its routes; no package imports a service, so it is asked as a program. */
export function routes(): void {
  const program = path.join(root, "services/gateway/src/print-routes.ts");
  const { status } = spawnSync(process.execPath, ["--conditions=source", program], { stdio: "inherit" });
  process.exitCode = status ?? 1;
}
