import fc from "fast-check";
import { expect, test } from "vitest";
import { tally } from "../../src/service/tally.ts";

test("it counts as a map does, hashes that want the same place among them", () => {
  const hash = fc.oneof(
    fc.bigInt({ min: 0n, max: 5n }),
    fc.constantFrom(1024n, 2048n, 4096n, 2n ** 64n - 1n),
  );
  fc.assert(
    fc.property(fc.array(hash), (hashes) => {
      const [count, map] = [tally(), new Map<bigint, number>()];
      for (const each of hashes) {
        map.set(each, (map.get(each) ?? 0) + 1);
        expect(count(each)).toBe(map.get(each));
      }
    }),
  );
});

test("a hundred thousand are met again, each once", () => {
  const count = tally();
  const hashes = Array.from({ length: 100_000 }, (_, index) =>
    BigInt.asUintN(64, BigInt(index) * 0x9e3779b97f4a7c15n),
  );
  for (const times of [1, 2]) expect(hashes.every((hash) => count(hash) === times)).toBe(true);
});
