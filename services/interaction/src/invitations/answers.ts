// What was answered, held against what was asked.
import type { GivenAnswer } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import type { Violation } from "@guanxi/kit/refuse";
import { hasScale } from "../surveys/scales.ts";
import { invalid } from "../surveys/survey.ts";
import type { StoredQuestion } from "../surveys/survey-state.ts";
import type { StoredAnswer } from "./invitation-state.ts";

/** In the order of the questions. Throws with a violation for each answer that is not one. */
export function checkedAnswers(
  questions: readonly StoredQuestion[],
  given: readonly GivenAnswer[],
): StoredAnswer[] {
  const violations = [...given.flatMap(violationsOf(questions, given)), ...missing(questions, given)];
  if (violations.length > 0) throw invalid(violations);
  return questions.flatMap((question) => {
    const answer = given.find(({ questionCode }) => questionCode === question.code);
    return answer && isThere(answer) ? [stored(question, answer)] : [];
  });
}

const isThere = ({ score, text, choices }: GivenAnswer) =>
  score !== undefined || text.trim() !== "" || choices.length > 0;

const stored = ({ code, kind, scaleMin, scaleMax }: StoredQuestion, answer: GivenAnswer): StoredAnswer => ({
  questionCode: code,
  kind,
  scaleMin,
  scaleMax,
  score: answer.score ?? null,
  text: answer.text.trim(),
  choices: [...answer.choices],
});

function missing(questions: readonly StoredQuestion[], given: readonly GivenAnswer[]): Violation[] {
  const answered = new Set(given.filter(isThere).map(({ questionCode }) => questionCode));
  return questions
    .filter(({ required, code }) => required && !answered.has(code))
    .map(({ code }) => ({ field: "answers", description: `must answer ${code}`, reason: "ANSWER_MISSING" }));
}

const violationsOf =
  (questions: readonly StoredQuestion[], given: readonly GivenAnswer[]) =>
  (answer: GivenAnswer, index: number): Violation[] => {
    const field = `answers[${index}]`;
    const { questionCode } = answer;
    const question = questions.find(({ code }) => code === questionCode);
    if (!question)
      return [
        {
          field: `${field}.question_code`,
          description: "is no question of this survey",
          reason: "UNKNOWN_QUESTION",
        },
      ];
    const isRepeated = given.findIndex((each) => each.questionCode === questionCode) < index;
    if (isRepeated)
      return [
        { field: `${field}.question_code`, description: "is answered already", reason: "QUESTION_REPEATED" },
      ];
    return [...scoreViolations(field, question, answer), ...wordViolations(field, question, answer)];
  };

function scoreViolations(field: string, question: StoredQuestion, { score }: GivenAnswer): Violation[] {
  if (score === undefined) return [];
  const { scaleMin, scaleMax } = question;
  if (!hasScale(question))
    return [{ field: `${field}.score`, description: "is not asked for", reason: "NO_SCALE" }];
  const isOn = score >= scaleMin && score <= scaleMax;
  return isOn
    ? []
    : [
        {
          field: `${field}.score`,
          description: `must be from ${scaleMin} to ${scaleMax}`,
          reason: "OFF_SCALE",
        },
      ];
}

function wordViolations(
  field: string,
  question: StoredQuestion,
  { text, choices }: GivenAnswer,
): Violation[] {
  const { kind } = question;
  const found: Violation[] = [];
  if (text !== "" && kind !== "TEXT")
    found.push({ field: `${field}.text`, description: "is not asked for", reason: "NO_TEXT" });
  const unknown = choices.filter((choice) => !question.choices.includes(choice));
  if (unknown.length > 0)
    found.push({
      field: `${field}.choices`,
      description: kind === "CHOICE" ? `must be among: ${question.choices.join(", ")}` : "are not asked for",
      reason: "UNKNOWN_CHOICE",
    });
  return found;
}
