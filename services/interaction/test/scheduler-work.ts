// Companies in which much is due at once, and what two schedulers must have made of it in the end.
import { randomUUID } from "node:crypto";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CarePlan_Occasion as Occasion } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import { CreateCarePlanRequest } from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import { Survey_Trigger } from "@guanxi/contract/guanxi/interaction/v1/survey";
import {
  ActivateSurveyRequest,
  CreateSurveyRequest,
} from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import type { At } from "@guanxi/kit/at";
import { dateOf, dayIn } from "@guanxi/kit/days";
import type { Handler } from "@guanxi/kit/handler";
import type { Ground } from "@guanxi/testkit/ground";
import { addDays } from "../src/care/care-clock.ts";
import { createCarePlan } from "../src/care/handlers/create-care-plan.ts";
import { activateSurvey } from "../src/surveys/handlers/activate-survey.ts";
import { createSurvey } from "../src/surveys/handlers/create-survey.ts";
import { RECOMMEND } from "./survey-calls.ts";

/** More than a batch of a run, and three of what is due. */
const CUSTOMERS = 240;
export const COMPANIES = 2;
/** By so many days the clock of one of the two is wrong. */
export const AHEAD_DAYS = 3;

// It is eight in the evening there: what is due at six has been due today, and midnight is far.
const ahead = ((20 - new Date().getUTCHours() + 35) % 24) - 11;
const TIME_ZONE = `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
const TODAY = dayIn(TIME_ZONE)(new Date());
const DAY_AHEAD = dateOf(addDays(TODAY, AHEAD_DAYS));

interface Someone {
  readonly customerId: string;
  readonly grade: Grade;
  /** The month and day of the day that only one of the two clocks has reached. */
  readonly birthDay: number | null;
  readonly mail: boolean;
  readonly refuses: boolean;
  readonly orderDate: string | null;
}

const someone = (_: unknown, place: number): Someone => ({
  customerId: randomUUID(),
  grade: place % 2 === 0 ? Grade.A : Grade.B,
  birthDay: place % 5 < 2 ? DAY_AHEAD.month * 100 + DAY_AHEAD.day : null,
  mail: place % 10 !== 1,
  refuses: place % 10 === 2,
  orderDate: place % 6 === 0 ? addDays(TODAY, -6) : null,
});

/** With its plans and surveys, all due; nobody looks before it is released. */
export async function foundCompany({ admin, act }: Ground, tenantId: string): Promise<void> {
  await admin.query("insert into tenant_settings values ($1, $1, $2, 'CNY', 1)", [tenantId, TIME_ZONE]);
  const people = Array.from({ length: CUSTOMERS }, someone);
  await admin.query(CUSTOMERS_OF, [tenantId, JSON.stringify(people), addDays(TODAY, -20)]);
  await act({ tenantId, actor: "test", timeZone: TIME_ZONE, currencyCode: "CNY" }, async (at) => {
    for (const plan of PLANS) await createPlan(at, plan);
    for (const survey of SURVEYS) await schedule(at, survey);
  });
  // The plans are older than the customers, so that the days are counted from when these came.
  await admin.query("update care_plans set start_date = $2 where tenant_id = $1", [
    tenantId,
    addDays(TODAY, -30),
  ]);
  await admin.query("update surveys set next_run_time = now() - interval '1 minute' where tenant_id = $1", [
    tenantId,
  ]);
  await admin.query("update jobs set due_time = 'infinity' where tenant_id = $1", [tenantId]);
}

const CUSTOMERS_OF = `
with people as (
  select * from json_to_recordset($2) as p ("customerId" uuid, grade int, "birthDay" int, mail bool, refuses bool, "orderDate" date)
), mirrored as (
  insert into customers (tenant_id, customer_id, display_name, name_key, grade, version)
  select $1, "customerId", "customerId", "customerId", grade, 1 from people
), reached as (
  insert into customer_reaches (tenant_id, customer_id, points, preferred_channels, contact_hours, consents, version)
  select $1, "customerId",
    case when mail then jsonb_build_array(jsonb_build_object('kind', 'EMAIL', 'value', "customerId" || '@example.com', 'primary', true))
      else '[]' end, '[]', '[]',
    case when refuses then '[{"channel": "EMAIL", "purpose": "survey", "state": "WITHDRAWN"}]'::jsonb else '[]' end, 1
  from people
), ordered as (
  insert into care_orders (tenant_id, order_id, customer_id, order_date, version)
  select $1, gen_random_uuid(), "customerId", "orderDate", 1 from people where "orderDate" is not null
)
insert into care_customers (tenant_id, customer_id, display_name, grade, birth_day, registered_date, mark, version)
select $1, "customerId", "customerId", grade, "birthDay", $3::date, grade * 10000 + coalesce("birthDay", 0), 1 from people`;

const PLANS: readonly object[] = [
  {
    occasion: Occasion.REGULAR,
    cadences: [
      { grade: Grade.A, days: 10 },
      { grade: Grade.B, days: 15 },
    ],
    taskDays: 30,
  },
  { occasion: Occasion.SILENCE, days: 15, grades: [Grade.B], taskDays: 30 },
  { occasion: Occasion.AFTER_ORDER, days: 5, taskDays: 1 }, // due at once, so that the clock of the task speaks up
  { occasion: Occasion.BIRTHDAY, taskTitle: "", messageSubject: "生日快乐", messageBody: "{customer}" },
];

const createPlan = (at: At, plan: object) => {
  const carePlan = { displayName: "care", taskTitle: "{customer}", enabled: true, ...plan };
  return asked(createCarePlan, CreateCarePlanRequest.fromPartial({ carePlan }), at);
};

/** As the edge does it. */
function asked<Req, Res>(handler: Handler<Req, Res>, request: Req, at: At): Promise<Res> {
  if (handler.kind !== "command") throw new Error("only commands change something");
  return handler.run(request, at);
}

/** The second finds many who have just been asked. */
const SURVEYS = [
  { displayName: "often", samplePercent: 80, fatigueDays: 2 },
  { displayName: "seldom", samplePercent: 60, fatigueDays: 90 },
];

async function schedule(at: At, survey: object): Promise<void> {
  const often = { trigger: Survey_Trigger.SCHEDULED, intervalDays: 1, startDate: dateOf(TODAY), sendHour: 9 };
  const sent = CreateSurveyRequest.fromPartial({ survey: { questions: [RECOMMEND], ...often, ...survey } });
  const { surveyId } = await asked(createSurvey, sent, at);
  await asked(activateSurvey("http://127.0.0.1"), ActivateSurveyRequest.fromPartial({ surveyId }), at);
}

const per = (share: number) => Math.round(CUSTOMERS * share) * COMPANIES;

const line = (occasion: string, made: string, share: number, due = 0) => ({
  ...{ occasion, made, things: per(share), occasions: per(share), due },
});

/** So many things made of so many occasions, and tasks that have said that they are due. */
export const CARE = [
  line("AFTER_ORDER", "CARE", 1 / 6, per(1 / 6)),
  line("BIRTHDAY", "MAIL", 0.3),
  line("BIRTHDAY", "TELL_CUSTOMER", 0.1),
  line("REGULAR", "RETURN_VISIT", 1),
  line("SILENCE", "CARE", 0.5),
];
