import { refuse } from "@guanxi/kit/refuse";
import { expect, test } from "vitest";
import { halving } from "../../src/service/halving.ts";

/** Writes numbers, and refuses what `refuses` says at each try. */
async function halved(items: readonly number[], refuses: (some: readonly number[]) => boolean) {
  const [written, refused]: [number[], number[]] = [[], []];
  await halving(items, {
    async write(some) {
      if (refuses(some)) throw refuse("exists", "TAKEN", "Another has it.");
      written.push(...some);
      return some.length;
    },
    refuse: async (item) => void refused.push(item),
  });
  return { written, refused };
}

test("the guilty are refused, all others are written, in their order", async () => {
  const items = Array.from({ length: 100 }, (_, index) => index);
  const guilty = new Set([0, 17, 18, 99]);
  const { written, refused } = await halved(items, (some) => some.some((item) => guilty.has(item)));
  expect(refused).toEqual([...guilty]);
  expect(written).toEqual(items.filter((item) => !guilty.has(item)));
});

test("who is alone is tried once more: what another was just making is there by then", async () => {
  let tries = 0;
  expect(await halved([1], () => (tries += 1) === 1)).toEqual({ written: [1], refused: [] });
});
