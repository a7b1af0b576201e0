// The survey that is sent again and again: a job for each survey begins the runs, a job for each run goes through the customers.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import {
  SurveyRunAdvanced,
  SurveyRunCompleted,
  SurveyRunPlanned,
  SurveyRunStarted,
  SurveyRunStopped,
} from "@guanxi/contract/guanxi/interaction/v1/survey_events";
import type { At } from "@guanxi/kit/at";
import { find, lock, record } from "@guanxi/kit/store";
import { askAll } from "../invitations/ask.ts";
import { NO_SUBJECT } from "../invitations/invitation.ts";
import { surveyUrlOf } from "./settings.ts";
import { runAfter } from "./survey.ts";
import { customersAfter, runOfDay, surveyRuns } from "./survey-runs.ts";
import type { SurveyRunState, SurveyState } from "./survey-state.ts";
import { surveys } from "./surveys.ts";

const SURVEY_SCHEDULE = "survey schedule";
const SURVEY_RUN = "survey run";
const BATCH = 200;
const ACTOR = "interaction/surveys";

/** To be called with each state that has another next run. */
export function watchSchedule(at: At, { surveyId, nextRunTime }: SurveyState): void {
  if (nextRunTime) enqueue(at, SURVEY_SCHEDULE, surveyId, nextRunTime);
}

export const surveyScheduleJob: Job = {
  name: SURVEY_SCHEDULE,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: ACTOR };
    const again = await act(as, (at) => beginWhatIsDue(at, subjectId));
    return again && { again };
  },
};

/**
 * The row decides, not the job: the run and the next time are one transaction, so whoever comes twice finds nothing due. When
 * to look again.
 */
async function beginWhatIsDue(at: At, surveyId: string): Promise<Date | undefined> {
  if ((await find(at, surveys, [surveyId])).length === 0) return undefined;
  const survey = await lock(at, surveys, surveyId);
  const { nextRunTime } = survey;
  if (!nextRunTime || nextRunTime > at.now) return nextRunTime ?? undefined;
  await beginRun(at, survey);
  const planned = { ...survey, nextRunTime: runAfter(survey, at), updateTime: at.now };
  return record(at, surveys, planned, SurveyRunPlanned).nextRunTime ?? undefined;
}

/** One a day, which goes on where a pause has stopped it: the survey's row is locked by whoever calls. */
export async function beginRun(at: At, { surveyId }: SurveyState): Promise<SurveyRunState> {
  const there = await runOfDay(at, surveyId, at.today);
  if (there) return goOn(at, there);
  const begun: SurveyRunState = {
    surveyRunId: at.newId(),
    surveyId,
    state: "RUNNING",
    runDate: at.today,
    ...{ visited: 0, asked: 0, sampledOut: 0, fatigued: 0, noConsent: 0, unreachable: 0 },
    lastCustomerId: null,
    createTime: at.now,
    endTime: null,
    updateTime: at.now,
    version: 0,
  };
  enqueue(at, SURVEY_RUN, begun.surveyRunId);
  return record(at, surveyRuns, begun, SurveyRunStarted);
}

async function goOn(at: At, { surveyRunId }: SurveyRunState): Promise<SurveyRunState> {
  const run = await lock(at, surveyRuns, surveyRunId);
  if (run.state !== "STOPPED") return run;
  enqueue(at, SURVEY_RUN, surveyRunId);
  return record(
    at,
    surveyRuns,
    { ...run, state: "RUNNING", endTime: null, updateTime: at.now },
    SurveyRunStarted,
  );
}

export const surveyRunJob: Job = {
  name: SURVEY_RUN,
  async run({ tenantId, subjectId, signal }, { settings, settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const surveyUrl = surveyUrlOf(settings);
    const as = { tenantId, timeZone, currencyCode, actor: ACTOR };
    while (await act(as, (at) => advance(at, subjectId, surveyUrl))) signal.throwIfAborted();
  },
};

/** Some more customers, with the counts and the place where to go on in the same transaction. False at the end. */
async function advance(at: At, surveyRunId: string, surveyUrl: string | undefined): Promise<boolean> {
  if ((await find(at, surveyRuns, [surveyRunId])).length === 0) return false;
  const run = await lock(at, surveyRuns, surveyRunId);
  if (run.state !== "RUNNING") return false;
  const [survey] = await find(at, surveys, [run.surveyId]);
  if (survey!.state !== "ACTIVE") {
    record(at, surveyRuns, ended(run, "STOPPED", at.now), SurveyRunStopped);
    return false;
  }
  const customerIds = await customersAfter(at, run.lastCustomerId, BATCH);
  const after = await visit(at, run, { survey: survey!, customerIds, surveyUrl });
  const isLast = customerIds.length < BATCH;
  if (isLast) record(at, surveyRuns, ended(after, "COMPLETED", at.now), SurveyRunCompleted);
  else record(at, surveyRuns, after, SurveyRunAdvanced);
  return !isLast;
}

const ended = (run: SurveyRunState, state: SurveyRunState["state"], now: Date): SurveyRunState => ({
  ...run,
  state,
  endTime: now,
  updateTime: now,
});

interface Visit {
  readonly survey: SurveyState;
  readonly customerIds: readonly string[];
  readonly surveyUrl: string | undefined;
}

async function visit(at: At, run: SurveyRunState, { survey, customerIds, surveyUrl }: Visit) {
  const asked = customerIds.map((customerId) => ({
    ...NO_SUBJECT,
    customerId,
    occasionKey: `run/${run.runDate}/${customerId}`,
  }));
  const { counts } = await askAll(at, survey, asked, surveyUrl);
  return {
    ...run,
    visited: run.visited + customerIds.length,
    asked: run.asked + counts.asked,
    sampledOut: run.sampledOut + counts.sampledOut,
    fatigued: run.fatigued + counts.fatigued,
    noConsent: run.noConsent + counts.noConsent,
    unreachable: run.unreachable + counts.unreachable,
    lastCustomerId: customerIds.at(-1) ?? run.lastCustomerId,
    updateTime: at.now,
  };
}
