import { deepStrictEqual } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startSystem } from "../bench/system.ts";
import { checkRetail, PUBLISHED, truthOf } from "../imports/checks.ts";
import { retailIn } from "../imports/retail.ts";
import { dataIsHere } from "../smoke/data.ts";
import { figures } from "../smoke/figures.ts";

/** A real year of orders comes in whole, a second time changes nothing, and every published figure is found again. */
export async function verifyRetail(): Promise<string> {
  if (!dataIsHere) return "not done: there is no ../shared/data/online-retail here";
  const folder = mkdtempSync(path.join(tmpdir(), "guanxi-retail-"));
  const system = await startSystem();
  try {
    await system.signIn();
    const retail = await retailIn(folder);
    deepStrictEqual(await truthOf(retail), PUBLISHED);
    const sql = async <Row>(text: string) => (await system.admin.query(text)).rows as Row[];
    const table = figures();
    await checkRetail(table, { sql }, retail, PUBLISHED);
    table.print();
    if (!table.good()) throw new Error("the figures above are not what was published");
    return `${PUBLISHED.lines} lines, all figures hold`;
  } finally {
    await system.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
