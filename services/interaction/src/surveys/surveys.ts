import { Survey, Survey_State, Survey_Trigger } from "@guanxi/contract/guanxi/interaction/v1/survey";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { presentSurvey } from "./present.ts";
import type { SurveyState } from "./survey-state.ts";

const surveyTable = new EntitySchema<SurveyState>({
  name: "survey",
  tableName: "surveys",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    surveyId: { name: "survey_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    questions: { type: "jsonb" },
    texts: { type: "jsonb" },
    languageCode: { name: "language_code", type: "text" },
    state: { type: "text" },
    trigger: { type: "text" },
    intervalDays: { name: "interval_days", type: "int" },
    startDate: { name: "start_date", type: "date", nullable: true },
    sendHour: { name: "send_hour", type: "int" },
    samplePercent: { name: "sample_percent", type: "int" },
    fatigueDays: { name: "fatigue_days", type: "int" },
    validDays: { name: "valid_days", type: "int" },
    recoveryScore: { name: "recovery_score", type: "int", nullable: true },
    topic: { type: "text" },
    nextRunTime: { name: "next_run_time", type: "timestamptz", nullable: true },
    activateTime: { name: "activate_time", type: "timestamptz", nullable: true },
    copiedFromId: { name: "copied_from_id", type: "uuid", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const surveys = table({
  entity: surveyTable,
  message: Survey,
  present: presentSurvey,
  violations: {
    surveys_by_name: () => refuse("exists", "SURVEY_EXISTS", "Another survey has this name already."),
  },
});

const column = (
  name: string,
  type: "text" | "enum" | "time",
  read: (survey: SurveyState) => unknown,
  values?: readonly string[],
): Field<SurveyState> => ({ name, type, stored: { column: name }, read, ...(values && { values }) });

/** What a condition over surveys may name, as published at ListSurveysRequest.filter. */
export const surveyFields = catalogue<SurveyState>({ id: "survey_id", side: "survey_values" }, [
  column("state", "enum", ({ state }) => state, namesOf(Survey_State)),
  column("trigger", "enum", ({ trigger }) => trigger, namesOf(Survey_Trigger)),
  column("display_name", "text", ({ displayName }) => displayName),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

/** Those that ask after something of this kind. */
export const activeSurveys = (at: At, trigger: SurveyState["trigger"]): Promise<SurveyState[]> =>
  named<SurveyState>(at, {
    name: "surveys of trigger",
    text: `${surveys.select} where trigger = $1 and state = 'ACTIVE' order by survey_id`,
    values: [trigger],
  });

/** Those whose questions are fixed, and that still take answers. */
export const askingSurveys = (at: At): Promise<SurveyState[]> =>
  named<SurveyState>(at, {
    name: "surveys asking",
    text: `${surveys.select} where state in ('ACTIVE', 'PAUSED') order by create_time, survey_id`,
    values: [],
  });
