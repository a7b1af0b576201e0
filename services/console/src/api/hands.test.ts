import { expect, test } from "vitest";
import { handsOn } from "./hands.ts";

test("what is asked soon after a person's deed is asked for them, and what a page asks by itself is not", () => {
  let time = 0;
  const page = new EventTarget();
  const hands = handsOn(page, () => time);
  expect(hands.areNear()).toBe(true); // somebody has just opened it
  time += 30_000;
  expect(hands.areNear()).toBe(true);
  time += 1;
  expect(hands.areNear()).toBe(false);
  for (const deed of ["pointerdown", "keydown", "wheel", "input"]) {
    page.dispatchEvent(new Event(deed));
    expect(hands.areNear()).toBe(true);
    time += 60_000;
    expect(hands.areNear()).toBe(false);
  }
  for (const none of ["pointermove", "mousemove", "scroll", "focus"]) page.dispatchEvent(new Event(none));
  expect(hands.areNear()).toBe(false);
});
