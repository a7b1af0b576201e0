import type { Chance } from "./chance.ts";
import type { Customer } from "./people.ts";
import { inWords, reasons } from "./sentences.ts";
import { owners } from "./words.ts";

export const surveys = {
  nps: "推荐意愿 Would you recommend us?",
  csat: "服务满意度 Satisfied with our help?",
};

/** Named in what lifeOf answers. @public */
export interface Answer {
  readonly id: string;
  readonly survey: keyof typeof surveys;
  readonly customer: string;
  readonly agent: string;
  /** 0 to 10 of the one, 1 to 5 of the other. */
  readonly score: number;
  readonly why: string;
  readonly minutesAgo: number;
}

/** By turns of the two surveys; most are content. */
export function answerOf(number: number, customer: Customer, draw: Chance): Answer {
  const survey = number % 2 === 0 ? "nps" : "csat";
  return {
    id: `Q${String(number).padStart(5, "0")}`,
    survey,
    customer: customer.id,
    agent: survey === "csat" ? draw.one(owners) : "",
    score:
      survey === "nps"
        ? draw.one([10, 10, 9, 9, 9, 8, 8, 7, 7, 6, 5, 2])
        : draw.one([5, 5, 5, 4, 4, 4, 3, 3, 2, 1]),
    why: draw.happens(0.4) ? inWords(draw.one(reasons), customer.chinese) : "",
    minutesAgo: draw.between(60, 300 * 1440),
  };
}

/** Promoters less detractors, as a share of all who answered, in per cent. */
export function netPromoterScore(answers: readonly Answer[]): number {
  const scores = answers.filter(({ survey }) => survey === "nps").map(({ score }) => score);
  const promoters = scores.filter((score) => score >= 9).length;
  const detractors = scores.filter((score) => score <= 6).length;
  return (100 * (promoters - detractors)) / scores.length;
}
