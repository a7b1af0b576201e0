// Answers by the day they were given, and beside them invitations by the day they were sent.
import { FigureDimension, type FigureGroup } from "@guanxi/contract/guanxi/analytics/v1/figure";
import type { At } from "@guanxi/kit/at";
import type { Period } from "../figures.ts";
import { customerName, productName, queueName, surveyName, teamName, userName } from "../labels.ts";
import { dimension, type Dimensions, dimensionsAsked, periods } from "../measures/dimensions.ts";
import { type Figures, figuresOf, inPeriod } from "../measures/figures-of.ts";
import type { Condition } from "../measures/measure.ts";
import { SEEN_ANSWERS, SEEN_INVITATIONS } from "./seen-answers.ts";
import { answerFields, invitationFields } from "./answer-fields.ts";
import { answerMeasures, invitationMeasures, questionMeasures } from "./answer-measures.ts";

const ASKED: Dimensions = {
  [FigureDimension.SURVEY]: dimension("survey_id", surveyName),
  [FigureDimension.AGENT]: dimension("agent_id", userName),
  [FigureDimension.TEAM]: dimension("team_id", teamName),
  [FigureDimension.PRODUCT]: dimension("product_id", productName),
  [FigureDimension.CUSTOMER]: dimension("customer_id", customerName),
  [FigureDimension.QUEUE]: dimension("queue_id", queueName),
  [FigureDimension.GRADE]: dimension("grade"),
  [FigureDimension.PHASE]: dimension("phase"),
  [FigureDimension.PRIORITY]: dimension("priority"),
  [FigureDimension.TOPIC]: dimension("topic"),
};
const OF_ANSWERS: Dimensions = {
  ...ASKED,
  [FigureDimension.QUESTION]: dimension("question_code"),
  ...periods("answer_date"),
};
const OF_INVITATIONS: Dimensions = { ...ASKED, ...periods("send_date") };

interface Question {
  readonly groupBy: readonly FigureDimension[];
  readonly customer: number;
  readonly surveyId: string;
  readonly period: Period;
}

export async function satisfactionOf(at: At, question: Question): Promise<Figures> {
  const { groupBy, surveyId, period, customer } = question;
  const byQuestion = groupBy.includes(FigureDimension.QUESTION);
  const ofSurvey: Condition[] = surveyId
    ? [{ sql: `f.survey_id = '${surveyId}'::uuid`, cel: `survey_id == "${surveyId}"` }]
    : [];
  const answers = figuresOf(at, {
    source: SEEN_ANSWERS,
    catalogue: answerFields,
    by: dimensionsAsked(groupBy, OF_ANSWERS),
    customer,
    measures: byQuestion ? questionMeasures : answerMeasures,
    rowsMethod: "ListAnswerFacts",
    where: () => [...inPeriod("answer_date", period), ...ofSurvey],
  });
  if (byQuestion) return answers;
  const invitations = figuresOf(at, {
    source: SEEN_INVITATIONS,
    catalogue: invitationFields,
    by: dimensionsAsked(groupBy, OF_INVITATIONS),
    customer,
    measures: invitationMeasures,
    rowsMethod: "ListInvitationFacts",
    where: () => [
      ...inPeriod("send_date", period),
      ...ofSurvey,
      { sql: "f.send_date is not null", cel: "has(send_date)" },
    ],
  });
  return beside(await answers, await invitations);
}

/** A group that only one of the two knows has only its figures. */
function beside(a: Figures, b: Figures): Figures {
  const keyOf = ({ values }: FigureGroup) => JSON.stringify(values);
  const groups = new Map(a.groups.map((group) => [keyOf(group), group]));
  for (const group of b.groups) {
    const known = groups.get(keyOf(group));
    groups.set(keyOf(group), known ? { ...known, figures: [...known.figures, ...group.figures] } : group);
  }
  const sorted = [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
  return { groups: sorted, definitions: [...a.definitions, ...b.definitions] };
}
