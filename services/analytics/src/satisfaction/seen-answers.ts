import type { Table } from "@guanxi/kit/table";
import { withTeamAndCase } from "../measures/with-team.ts";
import type { AnswerFact, InvitationFact } from "./answer-fact.ts";
import { answerFacts, invitationFacts } from "./answer-facts.ts";

/** What the case that somebody was asked about adds. */
interface About {
  readonly teamId: string | null;
  readonly queueId: string | null;
  readonly grade: string | null;
  readonly phase: string | null;
  readonly priority: string | null;
  readonly topic: string | null;
}
export type SeenAnswer = AnswerFact & About;
export type SeenInvitation = InvitationFact & About;

export const { source: SEEN_ANSWERS, table: seenAnswers } = withTeamAndCase(
  // The table of the facts, to which withTeam adds the columns that make them what is seen.
  answerFacts as unknown as Table<SeenAnswer>,
  "agent_id",
);

const sendOrder = { field: "sendOrder", name: "send_order", type: "date", nullable: false };
export const { source: SEEN_INVITATIONS, table: seenInvitations } = withTeamAndCase<SeenInvitation>(
  {
    ...invitationFacts,
    columns: [...invitationFacts.columns, sendOrder],
  },
  "agent_id",
);
