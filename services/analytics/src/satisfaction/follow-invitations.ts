import { rowsIn } from "@guanxi/bus/held";
import { onState } from "@guanxi/bus/reaction";
import { SurveyInvitation } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { dayIn } from "@guanxi/kit/days";
import { copy, remove } from "@guanxi/kit/store";
import { newestOf } from "../newest.ts";
import { type AnswerFact, answerFactsOf, type InvitationFact, invitationFactOf } from "./answer-fact.ts";
import { answerFacts, forgetAnswers, invitationFacts } from "./answer-facts.ts";

const TABLES = [invitationFacts.name, answerFacts.name];

const rows = [
  rowsIn<SurveyInvitation, InvitationFact>(invitationFacts, (state, { version }, { timeZone }) => [
    invitationFactOf(state, version, dayIn(timeZone)),
  ]),
  rowsIn<SurveyInvitation, AnswerFact>(
    answerFacts,
    (state, { version }) => answerFactsOf(state, version),
    "survey_invitation_id",
  ),
];

export const followInvitations = onState(
  SurveyInvitation,
  TABLES,
  (changes, at) => {
    const { ids, there, gone } = newestOf(changes);
    const dayOfTime = dayIn(at.timeZone);
    copy(
      at,
      invitationFacts,
      there.map(({ state, version }) => invitationFactOf(state, version, dayOfTime)),
    );
    remove(at, invitationFacts, gone);
    forgetAnswers(at, ids);
    copy(
      at,
      answerFacts,
      there.flatMap(({ state, version }) => answerFactsOf(state, version)),
    );
  },
  { rows },
);
