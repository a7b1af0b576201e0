// What 陈静 does, who leads: has the values computed, is told of what went wrong, and sees what customers think.
import { expect } from "vitest";
import { goTo, type Page, press, shows, showsSoon } from "./hands.ts";
import { ailments } from "../../../services/console/test/rig.ts";

/** The page follows the run. */
export async function valuesFirst(chen: Page): Promise<void> {
  await goTo(chen, "Figures");
  await chen.getByRole("tab", { name: "Value" }).click();
  await shows(chen, "Customers have not been valued yet");
  await press(chen, "Run");
  await shows(chen, /^[1-9]\d* scored, 0 dropped, \d+ unchanged$/);
  expect(await ailments(chen)).toEqual([]);
}

export async function valuesAgain(chen: Page): Promise<void> {
  await goTo(chen, "Figures");
  await chen.getByRole("tab", { name: "Value" }).click();
  await press(chen, "Run again");
  await shows(chen, /^[1-9]\d* scored, 1 dropped, \d+ unchanged$/);
}

export async function isToldOfBreach(chen: Page): Promise<void> {
  await goTo(chen, "Today", /陈静/);
  await showsSoon(chen, () => chen.getByRole("listitem").filter({ hasText: "A case was escalated to you" }));
}

const score = (chen: Page) =>
  chen.locator(".ant-card").filter({ hasText: "Net promoter score (NPS)" }).first();

/** Four answers say too little. */
export async function knowsTooLittle(chen: Page): Promise<void> {
  await goTo(chen, "Figures");
  await chen.getByRole("tab", { name: "Satisfaction" }).click();
  await shows(score(chen), "Too few answers");
}

/** Three of five praise us, one does not. */
export async function seesScore(chen: Page): Promise<void> {
  await goTo(chen, "Figures");
  await chen.getByRole("tab", { name: "Satisfaction" }).click();
  await showsSoon(chen, () => score(chen).getByText("40", { exact: true }));
}
