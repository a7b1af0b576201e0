import { GivenAnswer } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import type { Refusal } from "@guanxi/kit/refuse";
import { expect, test } from "vitest";
import type { StoredQuestion } from "../surveys/survey-state.ts";
import { checkedAnswers } from "./answers.ts";

const question = (code: string, more: Partial<StoredQuestion> = {}): StoredQuestion => ({
  ...{ code, kind: "NPS", text: code, scaleMin: 0, scaleMax: 10, choices: [], required: false },
  ...more,
});
const noScale = { scaleMin: 0, scaleMax: 0 };
const QUESTIONS = [
  question("recommend", { required: true }),
  question("why", { kind: "TEXT", ...noScale }),
  question("liked", { kind: "CHOICE", ...noScale, choices: ["price", "speed"] }),
];

const check = (...given: object[]) =>
  checkedAnswers(
    QUESTIONS,
    given.map((each) => GivenAnswer.fromPartial(each)),
  );
const reasons = (...given: object[]) => {
  try {
    check(...given);
  } catch (error) {
    return (error as Refusal).violations.map(({ field, reason }) => `${field} ${reason}`);
  }
  return [];
};
const recommend = { questionCode: "recommend", score: 0 };

test("R073 answers are kept in the order of the questions, each with its scale; a zero is an answer", () => {
  const answers = check({ questionCode: "why", text: " slow " }, recommend, {
    questionCode: "liked",
    choices: ["speed"],
  });
  expect(
    answers.map(({ questionCode, score, text, choices }) => [questionCode, score, text, choices]),
  ).toEqual([
    ["recommend", 0, "", []],
    ["why", null, "slow", []],
    ["liked", null, "", ["speed"]],
  ]);
  expect(answers[0]).toMatchObject({ kind: "NPS", scaleMin: 0, scaleMax: 10 });
  expect(check(recommend, { questionCode: "why", text: "  " })).toHaveLength(1);
});

test.for<[string, object[], string[]]>([
  ["a required one that is missing", [{ questionCode: "why", text: "x" }], ["answers ANSWER_MISSING"]],
  ["a required one that is empty", [{ questionCode: "recommend" }], ["answers ANSWER_MISSING"]],
  ["below the scale", [{ ...recommend, score: -1 }], ["answers[0].score OFF_SCALE"]],
  ["above the scale", [{ ...recommend, score: 11 }], ["answers[0].score OFF_SCALE"]],
  ["a score of a text", [recommend, { questionCode: "why", score: 1 }], ["answers[1].score NO_SCALE"]],
  ["a text of a score", [{ ...recommend, text: "x" }], ["answers[0].text NO_TEXT"]],
  [
    "no choice of ours",
    [recommend, { questionCode: "liked", choices: ["x"] }],
    ["answers[1].choices UNKNOWN_CHOICE"],
  ],
  ["choices of a score", [{ ...recommend, choices: ["x"] }], ["answers[0].choices UNKNOWN_CHOICE"]],
  ["an unknown question", [recommend, { questionCode: "x" }], ["answers[1].question_code UNKNOWN_QUESTION"]],
  ["the same twice", [recommend, recommend], ["answers[1].question_code QUESTION_REPEATED"]],
])("R073 %s is refused, and the field is named", ([, given, wanted]) => {
  expect(reasons(...given)).toEqual(wanted);
});
