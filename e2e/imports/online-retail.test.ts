// The first weeks of a real year of orders; `npm run verify retail` takes all of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dataIsHere } from "../smoke/data.ts";
import { figures } from "../smoke/figures.ts";
import { startSystem, type System } from "../system/rig.ts";
import { checkRetail, truthOf } from "./checks.ts";
import { retailIn } from "./retail.ts";

const LINES = 60_000;

let system: System;
let folder: string;

beforeAll(async () => {
  if (!dataIsHere) return;
  folder = mkdtempSync(path.join(tmpdir(), "guanxi-retail-"));
  system = await startSystem();
}, 120_000);

afterAll(async () => {
  await system?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
}, 60_000);

const title = "R003 R110 real order lines come in once, and what they come to is right to the digit";

test.skipIf(!dataIsHere)(`${title} (needs ../shared/data/online-retail)`, { timeout: 240_000 }, async () => {
  const retail = await retailIn(folder, LINES);
  const table = figures();
  await checkRetail(table, system, retail, await truthOf(retail));
  table.print();
  expect(table.good()).toBe(true);
});
