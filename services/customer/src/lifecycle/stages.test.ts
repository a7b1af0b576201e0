import { LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import { LifecyclePolicy } from "@guanxi/contract/guanxi/customer/v1/lifecycle_policy";
import { namesOf } from "@guanxi/kit/enum-names";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aPerson, ID, now } from "../../test/builders.ts";
import { classOf, loyaltyOf } from "./judgements.ts";
import { change, firstPolicy, isForeseen, present, type StoredRule } from "./lifecycle-policy.ts";
import { enter, say, stepsOf } from "./stages.ts";

const STAGES = namesOf(LifecycleStage);
const stage = fc.constantFrom(...STAGES);
const policy = firstPolicy(ID, now);
const churn = { reason: "PRICE", note: "too dear" } as const;

const anyRule = fc
  .record({
    name: fc.uuid(),
    fromStages: fc.uniqueArray(stage, { minLength: 2, maxLength: 6 }),
    toStage: stage,
    condition: fc.constant("true"),
    churnReason: fc.constant<StoredRule["churnReason"]>("OTHER"),
  })
  .map((rule) => ({ ...rule, fromStages: rule.fromStages.filter((from) => from !== rule.toStage) }));

test("R041 rules lead to exactly one stage: in steps that each rule makes, never twice to one, and the same each time", () => {
  let moved = 0;
  fc.assert(
    fc.property(
      fc.array(anyRule, { maxLength: 6 }),
      stage,
      fc.func(fc.boolean()),
      (rules, from, isFulfilled) => {
        const customer = { ...aPerson(), lifecycleStage: from };
        const fulfils = ({ name }: StoredRule, { lifecycleStage }: typeof customer) =>
          isFulfilled([name, lifecycleStage]);
        const steps = stepsOf(rules, customer, fulfils, now);
        moved += steps.length;
        expect(stepsOf(rules, customer, fulfils, now)).toEqual(steps);
        const way = [from, ...steps.map(({ after }) => after.lifecycleStage)];
        expect(new Set(way).size).toBe(way.length);
        for (const [index, { rule, after }] of steps.entries()) {
          expect(rule.fromStages).toContain(way[index]);
          expect(rule.toStage).toBe(way[index + 1]);
          expect(after.churnReason).toBe(after.lifecycleStage === "DEPARTED" ? "OTHER" : null);
        }
        // Where it has come to rest, nothing moves it any more.
        const end = steps.at(-1)?.after ?? customer;
        expect(stepsOf(rules, end, fulfils, now)).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
  expect(moved).toBeGreaterThan(100);
});

test("R041 rules that go round in a circle move nobody", () => {
  const rule = (from: StoredRule["toStage"], to: StoredRule["toStage"]): StoredRule => ({
    name: `${from} ${to}`,
    fromStages: [from],
    toStage: to,
    condition: "true",
    churnReason: null,
  });
  const rules = [rule("GROWTH", "DECLINE"), rule("DECLINE", "GROWTH")];
  const customer = { ...aPerson(), lifecycleStage: "GROWTH" as const };
  expect(stepsOf(rules, customer, () => true, now)).toEqual([]);
});

test("R041 R016 a person's word: foreseen moves need no force, jumps do, and nobody goes without a reason", () => {
  fc.assert(
    fc.property(stage, stage, fc.boolean(), fc.boolean(), (from, to, force, stated) => {
      const customer = enter(aPerson(), from, churn, now);
      const word = { stage: to, churn: stated ? churn : null, force };
      const isJump = from !== to && !isForeseen(policy, from, to);
      if (stated !== (to === "DEPARTED"))
        expect(() => say(customer, word, policy, now)).toThrow(stated ? /Only a customer/ : /Say why/);
      else if (isJump && !force)
        expect(() => say(customer, word, policy, now)).toThrow(/choose another stage/);
      else {
        const { after, forced } = say(customer, word, policy, now);
        expect(after).toMatchObject({ lifecycleStage: to, churnReason: to === "DEPARTED" ? "PRICE" : null });
        expect(forced).toBe(isJump);
        if (from === to) expect(after).toBe(customer);
      }
    }),
  );
});

test("R041 a policy refuses rules that jump, rules that let customers go without a reason, and names used twice", () => {
  const sent = (rules: object[]) =>
    LifecyclePolicy.fromPartial({ ...present(policy), rules: rules as never });
  const rule = { name: "a", fromStages: [LifecycleStage.DECLINE], condition: "order_count >= 1" };
  const jump = { ...rule, toStage: LifecycleStage.PROSPECT };
  expect(() => change(policy, sent([jump]), now)).toThrow(/jumps/);
  const silent = { ...rule, toStage: LifecycleStage.DEPARTED };
  expect(() => change(policy, sent([silent]), now)).toThrow(/why the customer has gone/);
  const departs = { ...silent, churnReason: 5 };
  expect(() => change(policy, sent([departs, departs]), now)).toThrow(/cannot be kept/);
  expect(change(policy, sent([departs]), now).rules).toMatchObject([{ churnReason: "NO_NEED" }]);
  const standing = LifecyclePolicy.fromPartial({ ...present(policy), moves: [{ fromStage: 3, toStage: 3 }] });
  expect(() => change(policy, standing, now)).toThrow(/cannot be kept/);
  expect(change(policy, present(policy), now)).toEqual(policy);
});

const count = fc.nat(3);

test("R043 R040 facts always give exactly one class and one loyalty", () => {
  fc.assert(
    fc.property(
      count,
      count,
      count,
      count,
      count,
      fc.boolean(),
      (deals, orders, talks, cases, bought, loyal) => {
        const facts = {
          openOpportunityCount: deals,
          openOrderCount: orders,
          interactions90d: talks,
          openCaseCount: cases,
          orderCount: bought,
        };
        const expected = deals + orders > 0 ? "CURRENT" : talks + cases > 0 ? "TARGET" : "POTENTIAL";
        expect(classOf(facts).found).toBe(expected);
        expect(loyaltyOf(facts, loyal)).toBe(bought === 0 ? "POTENTIAL" : loyal ? "LOYAL" : "NEW");
      },
    ),
  );
});
