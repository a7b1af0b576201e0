import { Feedback, Feedback_Source, Feedback_State } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import {
  Channel,
  Delivery_State,
  Direction,
  Interaction,
  Interaction_Outcome,
} from "@guanxi/contract/guanxi/interaction/v1/interaction";
import {
  type SurveyAnswer,
  SurveyInvitation,
  SurveyInvitation_Standing,
  SurveyInvitation_State,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SurveyQuestion_Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { Task, Task_Kind, Task_State } from "@guanxi/contract/guanxi/interaction/v1/task";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { followItems } from "./follow-items.ts";

const LEFT: readonly number[] = [Delivery_State.SENT, Delivery_State.COMPLAINED];

/** Which way people spoke; empty where no one did: among us, by a machine, or by what never left. */
function wayOf({ automatic, direction, delivery }: Interaction): string {
  if (automatic || (delivery && !LEFT.includes(delivery.state))) return "";
  if (direction === Direction.INBOUND) return "INBOUND";
  return direction === Direction.OUTBOUND ? "OUTBOUND" : "";
}

const followInteractions = followItems("interaction", Interaction, (interaction, { meta }) => {
  const { eventTime, eventDate, reply } = interaction;
  return {
    kind: "interaction",
    status: wayOf(interaction),
    open: reply?.dueTime !== undefined && reply.replyTime === undefined,
    time: eventTime ?? meta.time!,
    date: eventDate ? dayOf(eventDate) : null,
    body: {
      channel: nameOf(Channel, interaction.channel),
      direction: nameOf(Direction, interaction.direction),
      subject: interaction.subject,
      outcome: nameOf(Interaction_Outcome, interaction.outcome),
      userId: interaction.userId,
      replyDueTime: reply?.replyTime ? null : (reply?.dueTime ?? null),
    },
  };
});

const TO_DO: readonly number[] = [Task_State.OPEN, Task_State.IN_PROGRESS, Task_State.DEFERRED];

const followTasks = followItems("interaction", Task, (task, { meta }) => {
  const { state, dueTime, createTime, title, assigneeId, origin } = task;
  return {
    kind: "task",
    status: nameOf(Task_State, state) ?? "",
    open: TO_DO.includes(state),
    time: dueTime ?? createTime ?? meta.time!,
    body: {
      kind: nameOf(Task_Kind, task.kind),
      title,
      dueTime: dueTime ?? null,
      assigneeId,
      reason: origin?.reason ?? "",
    },
  };
});

const ANSWERED: readonly number[] = [Feedback_State.RESOLVED, Feedback_State.CLOSED, Feedback_State.SPAM];

const followFeedback = followItems("interaction", Feedback, (feedback, { meta }) => {
  const { state, eventTime, topic, score, deadlineTime } = feedback;
  return {
    kind: "feedback",
    status: nameOf(Feedback_State, state) ?? "",
    open: !ANSWERED.includes(state),
    time: eventTime ?? meta.time!,
    body: {
      source: nameOf(Feedback_Source, feedback.source),
      topic,
      score: score ?? null,
      standing: nameOf(SurveyInvitation_Standing, feedback.standing),
      deadlineTime: deadlineTime ?? null,
    },
  };
});

const followSurveys = followItems("interaction", SurveyInvitation, (invitation, { meta }) => {
  const { state, answers, answerTime, answerDate } = invitation;
  if (state !== SurveyInvitation_State.ANSWERED) return undefined;
  const nps = shareOf(answers, SurveyQuestion_Kind.NPS);
  const csat = shareOf(answers, SurveyQuestion_Kind.CSAT);
  return {
    kind: "survey_invitation",
    status: "ANSWERED",
    open: false,
    time: answerTime ?? meta.time!,
    date: answerDate ? dayOf(answerDate) : null,
    body: {
      nps: nps === undefined ? null : Math.round(nps * 10),
      csatMicros: csat === undefined ? null : String(Math.round((1 + csat * 4) * 1_000_000)),
    },
  };
});

/** Where on its scale the first answer of a kind stands, 0 to 1: surveys may have scales of their own. */
function shareOf(answers: readonly SurveyAnswer[], kind: number): number | undefined {
  const answer = answers.find((each) => each.kind === kind && each.score !== undefined);
  if (!answer || answer.scaleMax <= answer.scaleMin) return undefined;
  return (answer.score! - answer.scaleMin) / (answer.scaleMax - answer.scaleMin);
}

export const interactionItems = [followInteractions, followTasks, followFeedback, followSurveys];
