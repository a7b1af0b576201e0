import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A password that is made once and kept beside the data it opens. */
export function secret(folder: string, name: string): { file: string; value: string } {
  const secrets = path.join(folder, "secrets");
  mkdirSync(secrets, { recursive: true, mode: 0o700 });
  const file = path.join(secrets, name);
  if (!existsSync(file)) writeFileSync(file, randomBytes(18).toString("base64url"), { mode: 0o600 });
  return { file, value: readFileSync(file, "utf8") };
}
