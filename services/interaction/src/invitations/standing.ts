import { pointsOf } from "../surveys/scales.ts";
import type { Standing, StoredAnswer } from "./invitation-state.ts";

/** By the top of the scale: the best two values, the next two, all below. On 0 to 10 that is 9–10, 7–8, 0–6. */
export function standingOf(answers: readonly StoredAnswer[]): Standing | null {
  const answer = answers.find(({ kind, score }) => kind === "NPS" && score !== null);
  if (!answer) return null;
  const below = answer.scaleMax - answer.score!;
  return below < 2 ? "PROMOTER" : below < 4 ? "PASSIVE" : "DETRACTOR";
}

/** How good the first score is, 0 to 100 with 100 best; null where there is no score. */
export function firstPoints(answers: readonly StoredAnswer[]): number | null {
  const answer = answers.find(({ score }) => score !== null);
  return answer ? pointsOf(answer, answer.score!) : null;
}

/** Whether somebody is to make up for something. */
export const needsRecovery = (answers: readonly StoredAnswer[], recoveryScore: number | null): boolean => {
  const points = firstPoints(answers);
  const isLow = recoveryScore !== null && points !== null && points <= recoveryScore;
  return isLow || standingOf(answers) === "DETRACTOR";
};
