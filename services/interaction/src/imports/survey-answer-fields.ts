// What columns of a file of answers can fill: besides the fixed ones, each question that a survey asks.
import type { Field } from "@guanxi/import/service/kind";
import type { SurveyState } from "../surveys/survey-state.ts";

export const QUESTION = "question.";

const FIXED: readonly Field[] = [
  {
    name: "external_id",
    kind: "text",
    headers: ["Response ID", "Respondent ID", "Respondent", "答卷编号", "序号"],
  },
  { name: "survey", kind: "text", headers: ["Survey Name", "Questionnaire", "问卷", "调查"] },
  { name: "customer", kind: "reference", headers: ["Customer Name", "Account", "客户", "客户名称"] },
  { name: "agent", kind: "reference", headers: ["Agent", "Assignee", "客服", "坐席"] },
  { name: "answer_time", kind: "time", headers: ["Submitted", "Date", "Timestamp", "提交时间", "答题时间"] },
];

/** A question that several surveys ask, under whatever text, is one field. */
export function answerFields(surveys: readonly SurveyState[]): Field[] {
  const headers = new Map<string, Set<string>>();
  for (const { code, text } of surveys.flatMap(({ questions }) => questions)) {
    const known = headers.get(code) ?? new Set([code]);
    headers.set(code, known.add(text));
  }
  const questions = [...headers].map(
    ([code, names]): Field => ({ name: `${QUESTION}${code}`, kind: "text", headers: [...names] }),
  );
  return [...FIXED, ...questions];
}
