import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "@guanxi/local/places";

/** A million simulated customers, by the program that lies beside the models: nothing else knows their insides. */
export async function verifyModels(): Promise<string> {
  const program = path.join(root, "services/analytics/src/models/verify-models.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=source", program]);
  return `\n${stdout.trim()}`;
}
