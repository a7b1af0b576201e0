// What hands do at any page: go by the menu, choose from a list, drag, hand over a file; and what eyes see in time.
import { expect } from "vitest";
import type { open } from "../../../services/console/test/rig.ts";

export type Page = Awaited<ReturnType<typeof open>>;
/** A page, or a part of it. */
export type Place = Pick<Page, "getByLabel" | "getByRole" | "getByText" | "locator">;

/** Until what one service said has come to the page by the others. */
const PATIENCE = { timeout: 45_000 };

/** By the menu; a place is headed by its name, but for the start page, which greets. */
export async function goTo(page: Page, place: string, heading: string | RegExp = place): Promise<void> {
  await page.getByRole("navigation").getByRole("link", { name: place, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

/** By Ctrl-K and the keys alone. */
export async function goToCustomer(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").and(page.locator(":focus")).waitFor();
  await page.keyboard.type(name);
  await page.getByRole("option", { name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

/** A button, whose icon has a name of its own before that of the button. */
export const press = (place: Place, name: string): Promise<void> =>
  place.getByRole("button", { name: new RegExp(`^(\\S+ )?${name}$`) }).click();

/** From a list that opens; what is typed looks for it. */
export async function choose(page: Page, place: Place, label: string, option: string, typed = "") {
  // By its label, since its name has the star of what is required.
  const box = place.getByRole("combobox").and(place.getByLabel(label, { exact: true }));
  await box.click();
  if (typed) await box.fill(typed);
  await page.locator(".ant-select-dropdown:visible").getByTitle(option, { exact: true }).first().click();
}

type Thing = ReturnType<Place["getByText"]>;

/** By the mouse; where to may show only once something is lifted. */
export async function drag(page: Page, what: Thing, where: Thing): Promise<void> {
  const from = (await what.boundingBox())!;
  await page.mouse.move(from.x + 20, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 40, { steps: 5 });
  await where.waitFor();
  const to = (await where.boundingBox())!;
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 10 });
  await page.mouse.up();
}

export const shows = (place: Place, text: string | RegExp): Promise<void> =>
  place.getByText(text, { exact: true }).filter({ visible: true }).first().waitFor(PATIENCE);

/** The card with this heading. */
export const card = (page: Page, heading: string) =>
  page
    .locator(".ant-card")
    .filter({ has: page.getByRole("heading", { level: 2, name: heading, exact: true }) });

/** Looked at again as people do who wait for something on a page that does not follow by itself. */
export async function showsSoon(page: Page, what: () => Thing): Promise<void> {
  const seen = async () => {
    const there = await what()
      .waitFor({ timeout: 4000 })
      .then(
        () => true,
        () => false,
      );
    if (!there) await page.reload();
    return there;
  };
  await expect.poll(seen, { timeout: PATIENCE.timeout, interval: 100 }).toBe(true);
}
