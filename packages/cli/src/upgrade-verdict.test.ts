import type { Release } from "@guanxi/kit/release";
import { stampOf, type Step } from "@guanxi/kit/schema-steps";
import fc from "fast-check";
import { expect, test } from "vitest";
import { judge, type Verdict, worst } from "./upgrade-verdict.ts";

const SHOP = "shop";

/** `made("1.0.0", [], ["Goods11", ["Names12", "11"]])`: a release by what it adds to the one before. */
function history(...added: (readonly (string | readonly [string, string])[])[]): Release[] {
  const all: Step[] = [];
  return added.map((steps, n) => {
    all.push(
      ...steps.map((step) => (typeof step === "string" ? { name: step } : { name: step[0], needs: step[1] })),
    );
    return { release: `1.${n}.0`, contract: "", services: { [SHOP]: [...all] } };
  });
}

const change = (from: string | undefined, to: string) => ({ service: SHOP, from, to });

test("what only grows goes directly, and what is there is there", () => {
  const releases = history(["Goods11"], ["Prices12"], []);
  expect(judge(releases, change("1.0.0", "1.2.0"))).toMatchObject({ kind: "directly" });
  expect(judge(releases, change("1.2.0", "1.2.0"))).toMatchObject({ kind: "already" });
  expect(judge(releases, change(undefined, "1.2.0"))).toEqual({ kind: "directly", why: "is new in 1.2.0" });
});

test("a release that nobody has listed is nothing that can be told about", () => {
  const releases = history(["Goods11"]);
  expect(judge(releases, change("1.0.0", "2.0.0")).why).toBe("2.0.0 is not a release that I know");
  expect(judge(releases, change("", "1.0.0")).why).toBe("what runs is not a release that I know");
});

test("before something is taken away, back up; and stop where the code first knows how to do without it", () => {
  const releases = history(["Goods11"], ["Prices12"], [["NoNames13", "12"]], ["Sizes14"]);
  expect(judge(releases, change("1.1.0", "1.3.0"))).toMatchObject({ kind: "backup" });
  expect(judge(releases, change("1.0.0", "1.3.0"))).toMatchObject({ kind: "stop", stops: ["1.1.0"] });
  expect(judge(releases, change("1.2.0", "1.3.0"))).toMatchObject({ kind: "directly" });
});

test("as many stops as it takes, and no more", () => {
  const releases = history(["A11"], ["B12"], [["C13", "12"]], ["D14"], [["E15", "14"]]);
  expect(judge(releases, change("1.0.0", "1.4.0"))).toMatchObject({
    kind: "stop",
    stops: ["1.1.0", "1.3.0"],
  });
});

test("where no stop helps, it says that the service stands still meanwhile", () => {
  const releases = history(["A11"], ["B12", ["C13", "12"]]);
  expect(judge(releases, change("1.0.0", "1.1.0"))).toMatchObject({ kind: "backup", why: /stands still/ });
  const [first, ...others] = history(["A11"], ["B12"]);
  const exact = [{ ...first!, exact: true }, ...others];
  expect(judge(exact, change("1.0.0", "1.1.0"))).toMatchObject({ kind: "backup", why: /stands still/ });
});

test("the way back is open until something was taken away", () => {
  const releases = history(["A11"], ["B12"], [["C13", "12"]]);
  expect(judge(releases, change("1.1.0", "1.0.0"))).toMatchObject({ kind: "directly" });
  expect(judge(releases, change("1.2.0", "1.1.0"))).toMatchObject({ kind: "directly" });
  expect(judge(releases, change("1.2.0", "1.0.0"))).toMatchObject({ kind: "restore" });
});

test("of several services the worst holds, and of several stops the first", () => {
  const releases = history(["A11"], [], []);
  const verdict = (kind: Verdict["kind"], ...stops: string[]): Verdict => ({ kind, stops, why: "" });
  const all = [verdict("directly"), verdict("stop", "1.2.0"), verdict("stop", "1.1.0"), verdict("backup")];
  expect(worst(releases, all)).toMatchObject({ kind: "stop", stops: ["1.1.0"] });
  expect(worst(releases, [...all, verdict("unknown")])).toMatchObject({ kind: "unknown" });
});

/** Steps as numbers: what each is, and what it needs. */
const histories = fc
  .array(fc.array(fc.option(fc.nat(6), { freq: 2 }), { maxLength: 3 }), { minLength: 2, maxLength: 7 })
  .map((releases) => {
    let stamp = 10;
    return history(
      ["First10"],
      ...releases.map((steps) =>
        steps.map((back) => {
          stamp += 1;
          return back === null
            ? `Step${stamp}`
            : ([`Step${stamp}`, String(Math.max(10, stamp - 1 - back))] as const);
        }),
      ),
    );
  });

/** Migrates step by step, as it happens, and asks after each whether the old code still may run. */
function survives(old: Release, young: Release): boolean {
  const knows = Number(old.services[SHOP]!.map(stampOf).at(-1));
  const coming = young.services[SHOP]!.slice(old.services[SHOP]!.length);
  return coming.every(({ needs }) => needs === undefined || Number(needs) <= knows);
}

test("the verdict is that of somebody who tries each step of each way", () => {
  fc.assert(
    fc.property(histories, fc.nat(), fc.nat(), (releases, a, b) => {
      const [from, to] = [a % releases.length, b % releases.length].sort((one, other) => one - other);
      const [old, young] = [releases[from!]!, releases[to!]!];
      const { kind, stops = [], why } = judge(releases, change(old.release, young.release));
      expect(kind === "already").toBe(old === young);
      if (old === young) return;
      const coming = young.services[SHOP]!.slice(old.services[SHOP]!.length);
      const taken = coming.some(({ needs }) => needs !== undefined);
      expect(kind === "directly").toBe(survives(old, young) && !taken);
      expect(kind === "stop").toBe(!survives(old, young) && isReached(releases.slice(from, to! + 1)));
      if (kind === "backup") expect(/stands still/.test(why)).toBe(!survives(old, young));
      const way = [old, ...stops.map((name) => releases.find(({ release }) => release === name)!), young];
      if (kind === "stop") way.slice(1).forEach((next, n) => expect(survives(way[n]!, next)).toBe(true));
    }),
    { numRuns: 2_000 },
  );
});

/** Whether the last is reached from the first by any stops at all. */
function isReached(way: readonly Release[]): boolean {
  const reached = new Set([way[0]!]);
  for (const next of way) if ([...reached].some((stop) => survives(stop, next))) reached.add(next);
  return reached.has(way.at(-1)!);
}
