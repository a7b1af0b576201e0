// Files of answers: a row is what one person answered, a column what all of them were asked.
import { GivenAnswer } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import {
  SurveyAnswered,
  SurveyAnswerRemoved,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import { customersNamed, usersNamed } from "@guanxi/directory/references";
import { type ImportRun, importKind, type TypedRow, type Unit } from "@guanxi/import/service/kind";
import { planned, rowFault } from "@guanxi/import/service/planned";
import type { Lookup } from "@guanxi/import/service/references";
import { referred } from "@guanxi/import/service/referred";
import { textIn, timeIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import { checkedAnswers } from "../invitations/answers.ts";
import { answered, NO_SUBJECT, uninvited } from "../invitations/invitation.ts";
import type { InvitationState } from "../invitations/invitation-state.ts";
import { importKey, invitations, invitationsByImport } from "../invitations/invitations.ts";
import { hasScale } from "../surveys/scales.ts";
import type { StoredQuestion, SurveyState } from "../surveys/survey-state.ts";
import { askingSurveys } from "../surveys/surveys.ts";
import { answerFields, QUESTION } from "./survey-answer-fields.ts";

/** Two people may answer the same, so rows that hold the same are as many answers. */
export const surveyAnswerKind = importKind<InvitationState>({
  name: "survey_answer",
  resource: "survey_invitation",
  fields: async (at) => answerFields(await askingSurveys(at)),
  key: ["external_id"],
  repeats: true,
  table: invitations,
  events: { created: SurveyAnswered, changed: SurveyAnswered, removed: SurveyAnswerRemoved },
  known: invitationsByImport,
  async plan(at, units, run) {
    const cells = (field: string) =>
      units.map(({ rows: [row] }) => textIn(row!, field)).filter((cell) => cell !== "");
    const [surveys, customers, agents] = await Promise.all([
      askingSurveys(at),
      customersNamed(at, run.sourceSystem, cells("customer")),
      usersNamed(at, run.sourceSystem, cells("agent")),
    ]);
    const known = { at, run, surveys, customers, agents };
    return units.map((unit) => planned(() => answerOf(unit, known), fieldOf));
  },
});

/** A cell that is wrong has been refused before the rules of the survey are asked. */
const fieldOf = () => undefined;

interface Known {
  readonly at: At;
  readonly run: ImportRun;
  readonly surveys: readonly SurveyState[];
  readonly customers: Lookup;
  readonly agents: Lookup;
}

function answerOf({ rows: [row], before, key }: Unit<InvitationState>, known: Known): InvitationState {
  const { at, run } = known;
  const survey = surveyOf(row!, known);
  const subject = {
    ...peopleOf(row!, before, known),
    occasionKey: before?.occasionKey ?? occasionOf(row!, key, run),
  };
  const base = before ?? uninvited(survey, { ...NO_SUBJECT, ...subject }, { id: at.newId(), now: at.now });
  const answers = checkedAnswers(survey.questions, givenIn(row!, survey));
  if (answers.length === 0)
    throw rowFault("survey", "MISSING_VALUE", "The row answers nothing that the survey asks.");
  const now = timeOf(row!, before, at);
  const answering = { answers, now, today: dayIn(at.timeZone)(now), surveyName: survey.displayName };
  return { ...answered({ ...base, ...subject }, answering), surveyId: survey.surveyId, updateTime: at.now };
}

/** What the file does not speak of stays as it was. */
function peopleOf(row: TypedRow, before: InvitationState | undefined, { run, customers, agents }: Known) {
  const { mapped } = run;
  return {
    customerId: mapped.has("customer") ? referred(row, "customer", customers) : (before?.customerId ?? null),
    agentId: mapped.has("agent") ? referred(row, "agent", agents) : (before?.agentId ?? null),
  };
}

function timeOf(row: TypedRow, before: InvitationState | undefined, { now }: At): Date {
  const time = timeIn(row, "answer_time") ?? before?.answerTime ?? now;
  if (time > now) throw rowFault("answer_time", "FUTURE", "An answer must not be in the future.");
  return time;
}

/** By the id of the answer in the system it comes from, else by what the row holds and how often that came before. */
const occasionOf = (row: TypedRow, key: string, { importId, sourceSystem }: ImportRun) =>
  textIn(row, "external_id") === "" ? `import/${importId}/${key}` : importKey(sourceSystem, key);

/** As the row names it; without a column for it the one survey that asks all that the file has columns for. */
function surveyOf(row: TypedRow, { surveys, run: { mapped } }: Known): SurveyState {
  const name = textIn(row, "survey");
  if (name !== "") {
    const named = surveys.find(
      ({ displayName, surveyId }) => displayName === name || surveyId === name.toLowerCase(),
    );
    if (named) return named;
    throw rowFault("survey", "UNKNOWN_REFERENCE", `There is no survey "${name}" that has been activated.`);
  }
  const codes = [...mapped]
    .filter((field) => field.startsWith(QUESTION))
    .map((field) => field.slice(QUESTION.length));
  const asking = surveys.filter(({ questions }) =>
    codes.every((code) => questions.some((each) => each.code === code)),
  );
  if (asking.length === 1) return asking[0]!;
  throw rowFault(
    "survey",
    asking.length === 0 ? "UNKNOWN_REFERENCE" : "AMBIGUOUS_REFERENCE",
    "Name the survey in a column: not exactly one asks all of this.",
  );
}

const givenIn = (row: TypedRow, { questions }: SurveyState): GivenAnswer[] =>
  questions.flatMap((question) => {
    const field = `${QUESTION}${question.code}`;
    const cell = textIn(row, field);
    if (cell === "" && question.required)
      throw rowFault(field, "ANSWER_MISSING", `The survey requires an answer to ${question.code}.`);
    return cell === "" ? [] : [givenOf(question, cell)];
  });

function givenOf(question: StoredQuestion, cell: string): GivenAnswer {
  const questionCode = question.code;
  if (question.kind === "TEXT") return GivenAnswer.fromPartial({ questionCode, text: cell });
  if (!hasScale(question)) return GivenAnswer.fromPartial({ questionCode, choices: chosen(question, cell) });
  const score = Number(cell);
  const { scaleMin, scaleMax } = question;
  if (!Number.isInteger(score) || score < scaleMin || score > scaleMax)
    throw rowFault(
      `${QUESTION}${questionCode}`,
      "OFF_SCALE",
      `${cell} is no whole number from ${scaleMin} to ${scaleMax}.`,
    );
  return GivenAnswer.fromPartial({ questionCode, score });
}

/** Several stand with a semicolon between them. */
function chosen({ code, choices }: StoredQuestion, cell: string): string[] {
  const words = choices.includes(cell) ? [cell] : cell.split(/[;;]/).map((word) => word.trim());
  const unknown = words.find((word) => !choices.includes(word));
  if (unknown === undefined) return [...new Set(words)];
  throw rowFault(`${QUESTION}${code}`, "UNKNOWN_CHOICE", `"${unknown}" is none of: ${choices.join(", ")}.`);
}
