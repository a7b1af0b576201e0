import { expect, inject, test } from "vitest";
import { agree } from "./segment-streams.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);

test(`R020, R021, R022, R036 segments kept by events and by time are those counted anew (seed ${seed})`, async () => {
  const { streams, events, turns } = await agree(inject("adminUrl"), { streams: 300, seed });
  expect(streams).toBe(300);
  expect(events).toBeGreaterThan(800);
  expect(turns, "so often somebody has entered or left").toBeGreaterThan(800);
}, 120_000);
