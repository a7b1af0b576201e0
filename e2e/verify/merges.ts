import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const HISTORIES = 300;
const ROOT = join(import.meta.dirname, "../..");

/** Customers who are created, changed, merged and separated at random through the front door are in the end as if never merged (R009). */
export async function verifyMerges(): Promise<string> {
  const test = ["services/customer/test/merges.test.ts", "-t", "histories through the front door"];
  await promisify(execFile)(join(ROOT, "node_modules/.bin/vitest"), ["run", ...test], {
    cwd: ROOT,
    env: { ...process.env, MERGE_HISTORIES: String(HISTORIES) },
  });
  return `${HISTORIES} histories, every id resolved at every step, nothing left of any merge`;
}
