// What to do next about a customer, by rules over what the portrait shows. Pure: the same portrait at the same time gives the
// same steps, and each names what fulfilled its rule.
import type { NextStep } from "@guanxi/contract/guanxi/customer/v1/portrait_service";
import type { DateMessage } from "@guanxi/contract/google/type/date";
import { daysFrom } from "./days.ts";
import type { PortraitRow } from "./portrait-row.ts";
import type { Part } from "./visible.ts";

/** What the rules look at, and no more; what the caller may not read is empty here. */
export type Situation = Pick<
  PortraitRow,
  | "customerId"
  | "state"
  | "ownerId"
  | "ownerSinceTime"
  | "lifecycleStage"
  | "lifecycleStageSinceTime"
  | "churnReason"
  | "birthDate"
  | "unanswered"
  | "tasks"
  | "cases"
  | "opportunities"
  | "value"
  | "drop"
  | "feedback"
  | "winBack"
> & { readonly sold: Pick<PortraitRow["sold"], "last"> };

export interface Moment {
  readonly now: Date;
  readonly today: string;
  /** When a day begins where the company is. */
  startOf(day: string): Date;
  /** The day of a moment there. */
  dayOf(time: Date): string;
  /** Whether the caller may read a part; of one that is hidden, no rule takes that there is nothing. */
  sees(part: Part): boolean;
}

type Rule = (situation: Situation, at: Moment) => NextStep[];

const HOUR_MS = 3_600_000;
const SOON_HOURS = 24;

export function nextSteps(situation: Situation, at: Moment): NextStep[] {
  if (situation.state !== "ACTIVE") return [];
  const known = RULES.filter(({ of }) => of.every((part) => at.sees(part)));
  return known.flatMap(({ rule }) => rule(situation, at)).sort(mostPressingFirst);
}

function mostPressingFirst(a: NextStep, b: NextStep): number {
  const due = (step: NextStep) => step.dueTime?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const name = ({ rule, link }: NextStep) => `${rule} ${link!.id}`;
  return a.priority - b.priority || due(a) - due(b) || (name(a) < name(b) ? -1 : 1);
}

const hours = (ms: number) => `${Math.floor(ms / HOUR_MS)} h ${Math.floor((ms % HOUR_MS) / 60_000)} min`;

/** How long ago it was due, or how long there is. */
const late = (due: Date, now: Date) =>
  due <= now ? `${hours(now.getTime() - due.getTime())} ago` : `in ${hours(due.getTime() - now.getTime())}`;

const cases: Rule = ({ cases: open }, { now }) =>
  open.flatMap(({ id, body, status }): NextStep[] => {
    const due = body.dueTime ? new Date(body.dueTime) : undefined;
    const link = { type: "case", id };
    const about = `Case ${body.number} (${body.priority ?? "NORMAL"}, ${status})`;
    if (body.breached) {
      const next = due ? `; the next promise is due ${late(due, now)}` : "";
      return [
        {
          rule: "mend_breach",
          reason: `${about} has broken a promise${next}.`,
          dueTime: due,
          priority: 1,
          link,
        },
      ];
    }
    if (!due || due.getTime() - now.getTime() > SOON_HOURS * HOUR_MS) return [];
    const reason = `${about} was promised for ${due.toISOString()}, ${late(due, now)}.`;
    return [{ rule: "meet_promise", reason, dueTime: due, priority: due <= now ? 1 : 2, link }];
  });

const unanswered: Rule = ({ unanswered: waiting }, { now }) =>
  waiting.flatMap(({ id, time, body }): NextStep[] => {
    if (!body.replyDueTime) return [];
    const due = new Date(body.replyDueTime);
    const reason = `${body.channel ?? "A contact"} of ${new Date(time).toISOString()} waits for an answer, due ${late(due, now)}.`;
    const priority = due <= now ? 1 : 2;
    return [{ rule: "answer_customer", reason, dueTime: due, priority, link: { type: "interaction", id } }];
  });

const TASK_DAYS = 3;

const tasks: Rule = ({ tasks: open }, { now }) =>
  open.flatMap(({ id, body }): NextStep[] => {
    if (!body.dueTime) return [];
    const due = new Date(body.dueTime);
    if (due.getTime() - now.getTime() > TASK_DAYS * 24 * HOUR_MS) return [];
    const reason = `A task (${body.kind ?? "OTHER"}) is due ${late(due, now)}.`;
    const priority = due <= now ? 2 : 3;
    return [{ rule: "do_task", reason, dueTime: due, priority, link: { type: "task", id } }];
  });

const feedback: Rule = ({ feedback: open }, { now }) =>
  open.flatMap(({ id, time, body }): NextStep[] => {
    const due = body.deadlineTime ? new Date(body.deadlineTime) : undefined;
    const overdue = due !== undefined && due <= now;
    if (body.standing !== "DETRACTOR" && !overdue) return [];
    const score = body.score === null ? "without a score" : `with ${body.score} of 100`;
    const until = due ? `, due ${late(due, now)}` : "";
    const reason = `Feedback of ${new Date(time).toISOString()} ${score} is open${until}.`;
    return [
      {
        rule: "answer_feedback",
        reason,
        dueTime: due,
        priority: overdue ? 1 : 2,
        link: { type: "feedback", id },
      },
    ];
  });

const DROP_DAYS = 90;

/** Until the customer buys again. */
const drop: Rule = ({ customerId, drop: fallen, sold }, { today, dayOf }) => {
  if (!fallen) return [];
  const day = dayOf(new Date(fallen.time));
  const age = daysFrom(day, today);
  if (age > DROP_DAYS || (sold.last !== null && sold.last > day)) return [];
  const share = Math.round(fallen.body.dropShare * 100);
  const reason = `The value has fallen by ${share} % ${age} days ago (${fallen.body.cause || "no cause known"}), and there was no order since.`;
  return [
    {
      rule: "stop_the_drop",
      reason,
      dueTime: undefined,
      priority: 2,
      link: { type: "customer", id: customerId },
    },
  ];
};

const BEFORE_PURCHASE_DAYS = 7;

/** What was bought after the value was reckoned has moved the next purchase on. */
const purchase: Rule = ({ customerId, value, sold, lifecycleStage }, { today, startOf, dayOf }) => {
  const next = value?.date;
  if (!next || lifecycleStage === "DEPARTED") return [];
  if (sold.last !== null && sold.last > dayOf(new Date(value.time))) return [];
  const ahead = daysFrom(today, next);
  if (ahead > BEFORE_PURCHASE_DAYS) return [];
  const { cycleDays, latestDate } = value.body;
  const beyond = latestDate !== null && today > latestDate;
  const reason = `The next purchase was expected for ${next}, ${whenIs(ahead)}; the customer buys every ${cycleDays} days.`;
  const priority = beyond ? 2 : ahead <= 0 ? 3 : 4;
  return [
    {
      rule: "offer_again",
      reason,
      dueTime: startOf(next),
      priority,
      link: { type: "customer", id: customerId },
    },
  ];
};

function whenIs(ahead: number): string {
  if (ahead === 0) return "today";
  return ahead > 0 ? `in ${ahead} days` : `${-ahead} days ago`;
}

const daysGone = ({ lifecycleStageSinceTime }: Situation, { now }: Moment) =>
  Math.floor((now.getTime() - lifecycleStageSinceTime.getTime()) / (24 * HOUR_MS));

const unexplained: Rule = (situation, at) => {
  const { customerId, lifecycleStage, churnReason } = situation;
  if (lifecycleStage !== "DEPARTED" || churnReason !== null) return [];
  const reason = `The customer left ${daysGone(situation, at)} days ago, and nobody has said why.`;
  const link = { type: "customer", id: customerId };
  return [{ rule: "state_churn_reason", reason, dueTime: undefined, priority: 2, link }];
};

const departed: Rule = (situation, at) => {
  const { customerId, lifecycleStage, lifecycleStageSinceTime, churnReason, winBack } = situation;
  if (lifecycleStage !== "DEPARTED" || churnReason === null) return [];
  if (winBack && new Date(winBack.startTime) >= lifecycleStageSinceTime) return [];
  const reason = `The customer left ${daysGone(situation, at)} days ago (${churnReason}), and nobody has tried to win it back.`;
  const link = { type: "customer", id: customerId };
  return [{ rule: "win_back", reason, dueTime: undefined, priority: 3, link }];
};

const BEFORE_WIN_BACK_DAYS = 7;

const winBack: Rule = ({ winBack: attempt }, { today, startOf }) => {
  if (!attempt || attempt.outcome !== null) return [];
  const ahead = daysFrom(today, attempt.dueDate);
  if (ahead > BEFORE_WIN_BACK_DAYS) return [];
  const reason = `To win the customer back is due on ${attempt.dueDate}, ${ahead < 0 ? `${-ahead} days ago` : `in ${ahead} days`}.`;
  const link = { type: "win_back", id: attempt.winBackId };
  const priority = ahead < 0 ? 2 : 3;
  return [{ rule: "win_back", reason, dueTime: startOf(attempt.dueDate), priority, link }];
};

const owner: Rule = (situation, { now }) => {
  const { customerId, ownerId, ownerSinceTime, lifecycleStage } = situation;
  if (ownerId !== null || lifecycleStage === "DEPARTED") return [];
  const open = situation.cases.length + situation.opportunities.length;
  const since = ownerSinceTime
    ? ` for ${Math.floor((now.getTime() - ownerSinceTime.getTime()) / (24 * HOUR_MS))} days`
    : "";
  const reason = `Nobody has looked after the customer${since}; ${open} cases and opportunities are open.`;
  const priority = open > 0 ? 2 : 4;
  return [
    {
      rule: "assign_owner",
      reason,
      dueTime: undefined,
      priority,
      link: { type: "customer", id: customerId },
    },
  ];
};

const BEFORE_BIRTHDAY_DAYS = 7;

const birthday: Rule = ({ customerId, birthDate }, { today, startOf }) => {
  if (!birthDate) return [];
  const day = nextBirthday(birthDate, today);
  const ahead = daysFrom(today, day);
  if (ahead > BEFORE_BIRTHDAY_DAYS) return [];
  const reason = `The birthday is on ${day}, ${ahead === 0 ? "today" : `in ${ahead} days`}.`;
  return [
    {
      rule: "congratulate",
      reason,
      dueTime: startOf(day),
      priority: 4,
      link: { type: "customer", id: customerId },
    },
  ];
};

/** Today or later. Who was born on the 29th of February celebrates on the 1st of March in other years. */
function nextBirthday({ month, day }: DateMessage, today: string): string {
  const year = Number(today.slice(0, 4));
  const inYear = (each: number) => new Date(Date.UTC(each, month - 1, day)).toISOString().slice(0, 10);
  return inYear(year) >= today ? inYear(year) : inYear(year + 1);
}

const opportunities: Rule = ({ opportunities: open }, { today, startOf }) =>
  open.flatMap(({ id, date, body }): NextStep[] => {
    const link = { type: "opportunity", id };
    const step = body.nextStepDate;
    if (step !== null && step <= today) {
      const reason = `The next step of an opportunity was planned for ${step}, ${daysFrom(step, today)} days ago.`;
      return [{ rule: "follow_opportunity", reason, dueTime: startOf(step), priority: 3, link }];
    }
    if (date === null || date >= today) return [];
    const reason = `An opportunity was to close on ${date}, ${daysFrom(date, today)} days ago, and is open.`;
    return [{ rule: "follow_opportunity", reason, dueTime: startOf(date), priority: 3, link }];
  });

/** With the parts of which each takes its word. */
const RULES: readonly { readonly of: readonly Part[]; readonly rule: Rule }[] = [
  { of: ["cases"], rule: cases },
  { of: ["interactions"], rule: unanswered },
  { of: ["tasks"], rule: tasks },
  { of: ["scores"], rule: feedback },
  { of: ["value", "orders"], rule: drop },
  { of: ["value", "orders"], rule: purchase },
  { of: [], rule: unexplained },
  { of: ["winBack"], rule: departed },
  { of: ["winBack"], rule: winBack },
  { of: ["cases", "pipeline"], rule: owner },
  { of: [], rule: birthday },
  { of: ["pipeline"], rule: opportunities },
];
