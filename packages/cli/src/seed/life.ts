import { answerOf } from "./answers.ts";
import { caseOf } from "./cases.ts";
import { chance } from "./chance.ts";
import type { Company } from "./generate.ts";
import { leadOf } from "./leads.ts";
import { talkOf } from "./talks.ts";

/** For each customer. */
const SHARES = { leads: 0.03, cases: 0.225, talks: 1.5, answers: 0.15 };

/**
 * What goes on with a made-up company's customers besides their business: the same seed gives the same. It draws of its own, so
 * that the business stays as it was.
 */
export function lifeOf(seed: number, { customers }: Company) {
  const draw = chance(seed + 1);
  const some = <T>(share: number, make: (number: number) => T): T[] =>
    Array.from({ length: Math.ceil(customers.length * share) }, (_, index) => make(index + 1));
  return {
    leads: some(SHARES.leads, (number) => leadOf(number, draw)),
    cases: some(SHARES.cases, (number) => caseOf(number, draw.one(customers), draw)),
    talks: some(SHARES.talks, (number) => talkOf(number, draw.one(customers), draw)),
    answers: some(SHARES.answers, (number) => answerOf(number, draw.one(customers), draw)),
  };
}

export type Life = ReturnType<typeof lifeOf>;
