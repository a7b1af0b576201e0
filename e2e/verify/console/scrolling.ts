// Whoever turns the wheel as fast as it goes, and jumps, never looks at nothing.
import type { Page } from "playwright-core";
import type { Desk } from "./browser.ts";
import type { Goals } from "./goals.ts";

const ROWS = 20_000;
/** A wheel that spins freely, at 60 turns a second. */
const NOTCH = 2_000;
const PATIENCE_MS = 180_000;
const STEPS = 8;
const MEGABYTE = 1_000_000;

interface Seen {
  readonly frames: number;
  readonly blank: number;
  /** In pixels. */
  readonly mostBlank: number;
  readonly withSkeletons: number;
  /** Milliseconds, as all of these. */
  readonly worstWait: number;
  readonly longest: number;
  readonly seconds: number;
}

export const scrolling = (table: Goals, desk: Desk, most: number): Promise<void> =>
  desk.visit("/customers", async (page, first) => {
    await first();
    const before = await heapOf(page);
    const goal = Math.min(ROWS, Math.floor(most * 0.9));
    tell(table, `wheel through ${goal} rows`, await during(page, () => turn(page, goal)));
    tell(table, "scroll bar to the top, down and up again", await during(page, () => drag(page)));
    tell(table, "keys Home and End", await during(page, () => jump(page)));
    table.below("memory of the page at the end", (await heapOf(page)) / MEGABYTE, 200, "MB");
    table.told("  and at the beginning", `${(before / MEGABYTE).toFixed(0)} MB`);
  });

async function during(page: Page, act: () => Promise<void>): Promise<Seen> {
  await page.evaluate("eyes.begin()");
  await act();
  return page.evaluate<Seen>("eyes.end()");
}

function tell(table: Goals, what: string, seen: Seen): void {
  const { frames, blank, mostBlank, withSkeletons, worstWait, longest, seconds } = seen;
  table.below(`${what}: blank frames of ${frames}`, blank, 0, "");
  if (blank > 0) table.told("  most that was blank", `${mostBlank.toFixed(0)} px`);
  table.below("  longest wait for text", worstWait, 1_000);
  table.told("  frames with skeletons", String(withSkeletons));
  table.told(
    "  frames a second, longest frame",
    `${(frames / seconds).toFixed(0)}, ${longest.toFixed(0)} ms`,
  );
}

const reached = (page: Page) => page.evaluate<number>("eyes.reached()");

async function turn(page: Page, goal: number): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  const end = performance.now() + PATIENCE_MS;
  while ((await reached(page)) < goal) {
    for (let notch = 0; notch < 10; notch++) await page.mouse.wheel(0, NOTCH);
    if (performance.now() > end) throw new Error(`the wheel comes to row ${await reached(page)} only`);
  }
}

async function middleOf(page: Page): Promise<{ x: number; y: number }> {
  const box = (await page.getByRole("grid").boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** As whoever drags the thumb of the bar: far, and without a stop between. Its place on the screen differs from system to system. */
async function drag(page: Page): Promise<void> {
  let place = 1;
  for (const to of [0, 0.9, 0.5, 0]) {
    const from = place;
    for (let step = 1; step <= STEPS; step++) {
      place = from + ((to - from) * step) / STEPS;
      await page.evaluate(`eyes.scrollTo(${place})`);
      await frame(page);
    }
    await settled(page);
  }
}

async function jump(page: Page): Promise<void> {
  for (const key of ["End", "Home", "End"]) {
    await page.keyboard.press(key);
    await settled(page);
  }
}

const frame = (page: Page) => page.evaluate("new Promise((done) => requestAnimationFrame(() => done()))");

/** Two frames, behind which a jump has come to where it goes. */
async function settled(page: Page): Promise<void> {
  await frame(page);
  await frame(page);
}

/** Bytes that are still held, when all has gone that can go. */
async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  await devtools.detach();
  return usedSize;
}
