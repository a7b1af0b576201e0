import { LEFT_THE_BOOK } from "@guanxi/directory/left-the-book";
import { SurveyRun } from "@guanxi/contract/guanxi/interaction/v1/survey";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { type Condition, where } from "@guanxi/kit/list";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { presentRun } from "./present.ts";
import type { SurveyRunState } from "./survey-state.ts";

const runTable = new EntitySchema<SurveyRunState>({
  name: "survey_run",
  tableName: "survey_runs",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    surveyRunId: { name: "survey_run_id", type: "uuid", primary: true },
    surveyId: { name: "survey_id", type: "uuid" },
    state: { type: "text" },
    runDate: { name: "run_date", type: "date" },
    visited: { type: "int" },
    asked: { type: "int" },
    sampledOut: { name: "sampled_out", type: "int" },
    fatigued: { type: "int" },
    noConsent: { name: "no_consent", type: "int" },
    unreachable: { type: "int" },
    lastCustomerId: { name: "last_customer_id", type: "uuid", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    endTime: { name: "end_time", type: "timestamptz", nullable: true },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const surveyRuns = table({ entity: runTable, message: SurveyRun, present: presentRun });

/** Runs are listed by their survey, and not filtered. */
export const runFields = catalogue<SurveyRunState>({ id: "survey_run_id", side: "survey_run_values" }, [
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

export async function runOfDay(at: At, surveyId: string, day: string): Promise<SurveyRunState | undefined> {
  const [found] = await named<SurveyRunState>(at, {
    name: "survey runs of day",
    text: `${surveyRuns.select} where survey_id = $1 and run_date = $2::date`,
    values: [surveyId, day],
  });
  return found;
}

/** The next customers of the active book behind one; the first ones where none is named. */
export async function customersAfter(at: At, customerId: string | null, most: number): Promise<string[]> {
  const rows = await named<{ customerId: string }>(at, {
    name: "survey customers after",
    text: `select customer_id as "customerId" from customers
      where customer_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') and state <> all($3::int[])
      order by customer_id limit $2`,
    values: [customerId, most, LEFT_THE_BOOK],
  });
  return rows.map((row) => row.customerId);
}

export const ofSurvey = (surveyId: string): Condition => where("survey_id = ?::uuid", surveyId);
