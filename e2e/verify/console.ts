import { execFile } from "node:child_process";
import { loadavg } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "@guanxi/local/places";
import { startSystem } from "../bench/system.ts";
import { fill } from "./console/book.ts";
import { noBrowser, openDesk } from "./console/browser.ts";
import { goals } from "./console/goals.ts";
import { moments } from "./console/moments.ts";
import { plans } from "./console/plans.ts";
import { scrolling } from "./console/scrolling.ts";

const CUSTOMERS = 50_000;

/** A book of 50,000 customers in a real browser: how soon it is seen, how it scrolls, and what its questions cost. */
export async function verifyConsole(customers = Number(process.env.CUSTOMERS ?? CUSTOMERS)): Promise<string> {
  const missing = noBrowser();
  if (missing) return `not done: ${missing}`;
  await promisify(execFile)(process.execPath, [
    "--conditions=source",
    path.join(root, "services/console/tools/build.ts"),
  ]);
  const system = await startSystem();
  try {
    await system.signIn();
    const filled = await fill(system, customers);
    const table = goals();
    table.told(`${customers} customers brought in by a file`, `${filled.toFixed(0)} s`);
    const desk = await openDesk(system);
    try {
      await moments(table, desk);
      await scrolling(table, desk, customers);
    } finally {
      await desk.close();
    }
    await plans(table, system);
    table.told("load of this machine, of one minute and of five", loadOf());
    console.log(table.text());
    if (table.isMissed()) throw new Error("a goal is missed, which is for a machine that does nothing else");
    return `${customers} customers, all goals reached`;
  } finally {
    await system.stop();
  }
}

const loadOf = () =>
  loadavg()
    .slice(0, 2)
    .map((each) => each.toFixed(1))
    .join(", ");
