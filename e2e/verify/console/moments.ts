// How soon one sees what one asked for. Each time with a browser that knows nothing of the console yet.
import { listCustomers } from "@guanxi/client/gen/guanxi";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { median } from "../../bench/compare.ts";
import { type Desk, type Sight, sightOf } from "./browser.ts";
import type { Goals } from "./goals.ts";

const TIMES = 5;

/** How long somebody looks at a list before the hand moves. */
const LOOK_MS = 1_500;

const FILTER = 'city == "成都市" && grade == "A"';
const SEARCHED = { typed: "yunfan", found: "云帆" };

export async function moments(table: Goals, desk: Desk): Promise<void> {
  const starts = await times(() => desk.visit("/customers", (_page, first) => first()));
  table.below("navigation to first rows", middle(starts, "at"), 1_000);
  wayTo(table, starts);
  const { customers } = await listCustomers({ pageSize: 1, orderBy: "display_name" });
  const [named] = customers;
  const by = (act: (page: Page) => Promise<Sight>) => times(() => atTheList(desk, act));
  table.below("click on a row to portrait and timeline", middle(await by(openCustomer), "took"), 800);
  const linked = await times(() =>
    desk.visit(`/customers/${named!.customerId}`, (_page, first) => first(), "eyes.isCustomer()"),
  );
  table.below("link to a customer to portrait and timeline", middle(linked, "at"), 1_200);
  table.below("filter applied to rows", middle(await by(filter), "took"), 500);
  table.below("key in Ctrl-K to hits", middle(await by(search), "took"), 500);
  table.below("another order to rows", middle(await by(sortBy(named!.displayName)), "took"), 500);
}

/** The first one is of a server that has not answered such a thing yet, and does not count. */
async function times(act: () => Promise<Sight>): Promise<Sight[]> {
  await act();
  const seen: Sight[] = [];
  for (let time = 0; time < TIMES; time++) seen.push(await act());
  return seen;
}

const middle = (seen: readonly Sight[], of: "at" | "took") => median(seen.map((sight) => sight[of]));

const atTheList = (desk: Desk, act: (page: Page) => Promise<Sight>) =>
  desk.visit("/customers", async (page, first) => {
    await first();
    await pause(LOOK_MS);
    return act(page);
  });

/** Where the time of the first rows goes. */
function wayTo(table: Goals, seen: readonly Sight[]): void {
  const of = (pick: (sight: Sight) => number) => median(seen.map(pick)).toFixed(0);
  const scripts = ({ calls }: Sight) => calls.filter(({ path }) => path.startsWith("/assets/"));
  const asked = ({ calls }: Sight) => calls.filter(({ path }) => /^\/(v1|session)/.test(path));
  const rows = (sight: Sight) => asked(sight).find(({ path }) => path.startsWith("/v1/customers?"))!;
  table.told(
    "  files, and kilobytes on the wire",
    `${of((each) => scripts(each).length)}, ${of((each) => scripts(each).reduce((sum, { bytes }) => sum + bytes, 0) / 1000)} kB`,
  );
  table.told("  last file there", `${of((each) => Math.max(...scripts(each).map(({ end }) => end)))} ms`);
  table.told(
    "  rows asked for, and answered",
    `${of((each) => rows(each).begin)}, ${of((each) => rows(each).end)} ms`,
  );
  const before = (each: Sight) => asked(each).filter(({ end }) => end <= rows(each).begin).length;
  table.told("  calls, and those that rows waited for", `${of((each) => asked(each).length)}, ${of(before)}`);
}

async function openCustomer(page: Page): Promise<Sight> {
  await page.getByRole("row").nth(6).click();
  return sightOf(page, "eyes.isCustomer()");
}

async function filter(page: Page): Promise<Sight> {
  await page.getByRole("button", { name: "筛选" }).click();
  await page.getByText("CEL 表达式").click();
  await page.getByRole("textbox", { name: "CEL 表达式" }).fill(FILTER);
  await page.keyboard.press("Control+Enter");
  return sightOf(page, "eyes.rows().length > 0 && eyes.inView().every((row) => row.includes('成都市'))");
}

async function search(page: Page): Promise<Sight> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "搜索客户或命令" }).waitFor();
  await page.keyboard.type(SEARCHED.typed, { delay: 60 });
  return sightOf(page, `eyes.hits("${SEARCHED.found}")`);
}

const sortBy = (first: string) => async (page: Page) => {
  await page.getByRole("columnheader", { name: "客户名称" }).getByRole("button").first().click();
  return sightOf(page, `eyes.rows().length > 0 && eyes.inView()[0]?.includes(${JSON.stringify(first)})`);
};
