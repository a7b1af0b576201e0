// Why a step is advised, in the reader's language, from the part of the portrait that fulfilled the rule. Where that thing is not
// among those that the portrait shows, the rule's own sentence stands.
import type { CustomerNextStep, Portrait } from "@guanxi/client/gen/guanxi";
import { type Format, useFormat } from "../../text/format.ts";
import { useLabel, type Values } from "../../text/texts.ts";
import { textOf } from "./dates.ts";
import { useSteps } from "./step-words.ts";

interface Tools {
  format: Format;
  label: (name: string, value: string | undefined) => string;
}

type Find = (portrait: Portrait, id: string, tools: Tools) => Values | undefined;

const ofCase: Find = ({ cases }, id) => {
  const found = cases?.open.find(({ caseId }) => caseId === id);
  return found && { number: found.number, title: found.subject };
};

const FOUND: Readonly<Record<string, Find>> = {
  answer_customer: ({ interactions }, id, { format, label }) => {
    const found = interactions?.unanswered.find(({ interactionId }) => interactionId === id);
    if (!found) return undefined;
    return {
      channel: label("InteractionChannel", `CHANNEL_${found.channel}`),
      time: format.time(found.eventTime),
    };
  },
  mend_breach: ofCase,
  meet_promise: ofCase,
  do_task: ({ tasks }, id) => {
    const found = tasks?.open.find(({ taskId }) => taskId === id);
    return found && { title: found.title };
  },
  answer_feedback: ({ scores }, id) => {
    const found = scores?.openFeedback.find(({ feedbackId }) => feedbackId === id);
    return found && { score: found.score === undefined ? "none" : String(found.score) };
  },
  stop_the_drop: ({ value }, _id, { format }) =>
    value?.droppedTime
      ? { date: format.date(value.droppedTime), share: format.percent(value.dropShare) }
      : undefined,
  offer_again: ({ value }, _id, { format }) =>
    value?.nextPurchaseDate && {
      date: textOf(value.nextPurchaseDate),
      days: format.number(value.cycleDays, 0),
    },
  state_churn_reason: () => ({}),
  win_back: ({ customer }, _id, { label }) => ({ reason: label("ChurnReason", customer?.churnReason) }),
  assign_owner: () => ({}),
  congratulate: ({ customer }) => ({ date: textOf(customer?.birthDate).slice(-5) }),
  follow_opportunity: ({ pipeline }, id) => {
    const found = pipeline?.open.find(({ opportunityId }) => opportunityId === id);
    if (!found) return undefined;
    const { nextStepDate, nextStep, expectedCloseDate, displayName } = found;
    const planned = nextStepDate && textOf(nextStepDate) <= textOf(today());
    const date = textOf(planned ? nextStepDate : expectedCloseDate);
    return { title: displayName, planned: planned ? "yes" : "no", date, step: nextStep || "…" };
  },
};

function today() {
  const now = new Date();
  return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
}

type Word = Parameters<ReturnType<typeof useSteps>>[0];

export function useReason(): (step: CustomerNextStep, portrait: Portrait) => string {
  const say = useSteps();
  const format = useFormat();
  const label = useLabel();
  return ({ rule, reason, link }, portrait) => {
    const values = FOUND[rule]?.(portrait, link?.id ?? "", { format, label });
    return values ? say(`why.${rule}` as Word, values) : reason;
  };
}
