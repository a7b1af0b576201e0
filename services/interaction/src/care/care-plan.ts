// What a care plan is and how it may change.
import { isDeepStrictEqual } from "node:util";
import { type CarePlan, CarePlan_Occasion } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import { nameOf, type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { refuse, type Violation } from "@guanxi/kit/refuse";

export type Occasion = NameOf<typeof CarePlan_Occasion>;

export interface CarePlanState {
  readonly carePlanId: string;
  readonly displayName: string;
  readonly occasion: Occasion;
  /** Grades by the number of the contract's enum. */
  readonly cadences: readonly { readonly grade: number; readonly days: number }[];
  readonly days: number;
  readonly grades: readonly number[];
  readonly taskTitle: string;
  readonly taskNote: string;
  readonly taskDays: number;
  readonly fallbackAssigneeId: string | null;
  readonly messageSubject: string;
  readonly messageBody: string;
  readonly enabled: boolean;
  readonly startDate: string;
  /** Counts how often the terms changed by which clocks are set; clocks of earlier terms are set anew. */
  readonly terms: number;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

const USUAL_TASK_DAYS = 7;

interface PlanSetting {
  readonly now: Date;
  readonly today: string;
}

export const takePlan = (sent: CarePlan, carePlanId: string, { now, today }: PlanSetting): CarePlanState => ({
  carePlanId,
  occasion: nameOf(CarePlan_Occasion, sent.occasion)!,
  ...particulars(sent),
  startDate: today,
  terms: 1,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function changePlan(plan: CarePlanState, sent: CarePlan, now: Date): CarePlanState {
  const after = { ...plan, ...particulars(sent), updateTime: now };
  const termsOf = ({ cadences, days, grades, enabled }: CarePlanState) => [cadences, days, grades, enabled];
  const same = isDeepStrictEqual(termsOf(after), termsOf(plan));
  return same ? after : { ...after, terms: plan.terms + 1 };
}

/** What Create and Update have in common. */
function particulars(sent: CarePlan) {
  const violations = missing(sent);
  if (violations.length > 0)
    throw refuse(
      "invalid",
      "INCOMPLETE_PLAN",
      "The plan does not say all that its occasion needs.",
      violations,
    );
  return {
    displayName: sent.displayName,
    cadences: sent.cadences.map(({ grade, days }) => ({ grade, days })),
    days: sent.days,
    grades: [...sent.grades],
    taskTitle: sent.taskTitle,
    taskNote: sent.taskNote,
    taskDays: sent.taskDays || USUAL_TASK_DAYS,
    fallbackAssigneeId: sent.fallbackAssigneeId.toLowerCase() || null,
    messageSubject: sent.messageSubject,
    messageBody: sent.messageBody,
    enabled: sent.enabled,
  };
}

const WITH_DAYS: readonly (Occasion | null)[] = ["AFTER_ORDER", "SILENCE"];

function missing(sent: CarePlan): Violation[] {
  const { cadences, days, taskTitle, messageBody, messageSubject } = sent;
  const occasion = nameOf(CarePlan_Occasion, sent.occasion);
  const grades = new Set(cadences.map(({ grade }) => grade));
  const lacks: [boolean, field: string, description: string][] = [
    [occasion === "REGULAR" && cadences.length === 0, "cadences", "must say the days of a grade"],
    [grades.size < cadences.length, "cadences", "must name each grade once"],
    [WITH_DAYS.includes(occasion) && days === 0, "days", "must say after how many days"],
    [taskTitle === "" && messageBody === "", "task_title", "or message_body must say what is to be done"],
    [messageBody !== "" && messageSubject === "", "message_subject", "must stand above the message"],
  ];
  return lacks.flatMap(([lacking, field, description]) =>
    lacking ? [{ field: `care_plan.${field}`, description, reason: "MISSING" }] : [],
  );
}

/** The whole public state, as events carry it. */
export const presentPlan = (plan: CarePlanState): CarePlan => ({
  carePlanId: plan.carePlanId,
  displayName: plan.displayName,
  occasion: numberOf(CarePlan_Occasion, plan.occasion),
  cadences: plan.cadences.map(({ grade, days }) => ({ grade: grade as never, days })),
  days: plan.days,
  grades: plan.grades as never,
  taskTitle: plan.taskTitle,
  taskNote: plan.taskNote,
  taskDays: plan.taskDays,
  fallbackAssigneeId: plan.fallbackAssigneeId ?? "",
  messageSubject: plan.messageSubject,
  messageBody: plan.messageBody,
  enabled: plan.enabled,
  createTime: plan.createTime,
  updateTime: plan.updateTime,
  etag: etagOf(plan),
});
