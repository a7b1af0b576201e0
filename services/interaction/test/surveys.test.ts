import { randomUUID } from "node:crypto";
import { openContext, settingsOf } from "@guanxi/bus/start";
import {
  SurveyInvitation_Standing as Standing,
  SurveyInvitation_State as State,
  SurveyInvitation_SuppressReason as Reason,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import {
  Survey_State,
  Survey_Trigger as Trigger,
  SurveyRun_State,
} from "@guanxi/contract/guanxi/interaction/v1/survey";
import {
  GetCustomerStandingRequest,
  TakeSurveyAnswerRequest,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import {
  CloseSurveyRequest,
  CopySurveyRequest,
  GetSurveyRequest,
  ListSurveyRunsRequest,
  PauseSurveyRequest,
  RunSurveyRequest,
} from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseClosed } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { tenantSettings } from "@guanxi/kit/tenants";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interaction } from "../src/app.ts";
import { recordSent } from "../src/messages/record-sent.ts";
import { surveyRunJob, surveyScheduleJob } from "../src/surveys/runs.ts";
import { interactionService } from "./service.ts";
import {
  activeSurvey,
  answer,
  createSurvey,
  formOf,
  invitationRpc,
  invite,
  jobsDone,
  listFeedback,
  listInvitations,
  makeDue,
  RECOMMEND,
  setPolicy,
  submit,
  surveyRpc,
  tasksOf,
  tellCustomer,
  tokenOf,
  updateSurvey,
  WHY,
} from "./survey-calls.ts";

const service = interactionService();
let customer: Awaited<ReturnType<typeof startTeller>>;
let desk: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  [customer, desk] = await Promise.all([
    startTeller(service, "customer"),
    startTeller(service, "service_desk"),
  ]);
});
afterAll(() => Promise.all([customer.stop(), desk.stop()]));

const known = async ({ tenantId }: TestUser, more: Parameters<typeof tellCustomer>[2] = {}) => {
  const customerId = await tellCustomer(customer, tenantId, more);
  await customer.settled();
  return customerId;
};
const typesOf = async (user: TestUser) => (await service.events(user.tenantId)).map(({ type }) => type);
const standing = (user: TestUser, customerId: string) =>
  user.call(invitationRpc.getCustomerStanding, GetCustomerStandingRequest.fromPartial({ customerId }));

/** What another scheduler has: a process of its own, as far as the database can tell. */
async function scheduler() {
  const context = await openContext(
    interaction,
    settings(settingsOf(interaction), {
      SURVEY_URL: "http://127.0.0.1:8080/v1/surveyAnswers",
      DATABASE_URL: service.database.urlOf("app"),
      DATABASE_RELAY_URL: service.database.urlOf("relay"),
      NATS_URL: service.nats.url,
    }) as never,
    createLog("interaction", "silent"),
  );
  const unused = () => Promise.reject(new Error("no survey asks for it"));
  return {
    ...{ ...context, settingsOf: tenantSettings(context.db), passed: unused, lastPlace: unused },
    stop: () => context.db.close(),
  };
}
const job = (tenantId: string, subjectId: string, signal = new AbortController().signal) => ({
  ...{ tenantId, subjectId, signal },
  attempts: 0,
});

test("R069 what a survey asks has the usual scales, and stays as it is once it has been activated", async () => {
  const lin = await service.user();
  const draft = await createSurvey(lin, {
    questions: [RECOMMEND, { code: "ease", kind: 3, text: "容易吗?" }],
  });
  expect(draft).toMatchObject({
    state: Survey_State.DRAFT,
    samplePercent: 100,
    validDays: 30,
    languageCode: "zh-CN",
  });
  expect(draft.questions.map(({ scaleMin, scaleMax }) => [scaleMin, scaleMax])).toEqual([
    [0, 10],
    [1, 7],
  ]);
  await expect(createSurvey(lin, { displayName: draft.displayName })).rejects.toMatchObject({
    reason: "SURVEY_EXISTS",
  });
  const wrong = [RECOMMEND, RECOMMEND, { ...WHY, scaleMax: 3 }, { code: "c", kind: 7, text: "c" }];
  await expect(createSurvey(lin, { questions: wrong, trigger: Trigger.SCHEDULED })).rejects.toMatchObject({
    violations: [
      { field: "survey.questions[2].scale_max" },
      { field: "survey.questions[3].choices" },
      { field: "survey.questions[1].code" },
      { field: "survey.interval_days" },
      { field: "survey.start_date" },
    ],
  });
  const changed = await updateSurvey(lin, draft, { questions: [RECOMMEND, WHY] });
  const { surveyId } = changed;
  const active = await lin.call(surveyRpc.activateSurvey, { surveyId, etag: "", requestId: "" });
  await expect(updateSurvey(lin, active, { questions: [RECOMMEND] })).rejects.toMatchObject({
    reason: "SURVEY_FIXED",
  });
  expect(await updateSurvey(lin, active, { fatigueDays: 90 })).toMatchObject({ fatigueDays: 90 });
  await lin.call(surveyRpc.pauseSurvey, PauseSurveyRequest.fromPartial({ surveyId }));
  const copy = CopySurveyRequest.fromPartial({ surveyId, displayName: "第二版" });
  expect(await lin.call(surveyRpc.copySurvey, copy)).toMatchObject({
    copiedFromSurveyId: surveyId,
    state: Survey_State.DRAFT,
    fatigueDays: 90,
  });
  const closed = await lin.call(surveyRpc.closeSurvey, CloseSurveyRequest.fromPartial({ surveyId }));
  await expect(updateSurvey(lin, closed, { topic: "x" })).rejects.toMatchObject({ reason: "SURVEY_CLOSED" });
});

test("R073, R051 a rating asked for after a case is linked to its agent, case and product, and a low one is made up for", async () => {
  const lin = await service.user();
  const [agentId, productId, caseId] = [randomUUID(), randomUUID(), randomUUID()];
  const customerId = await known(lin, { ownerId: lin.userId });
  const survey = await activeSurvey(lin, { trigger: Trigger.AFTER_CASE_CLOSED, topic: "service" });
  const closed = Case.fromPartial({ caseId, customerId, productId, assigneeId: agentId });
  await desk.tell(lin.tenantId, Case, CaseClosed, { id: caseId, customerId, state: closed });
  await desk.tell(lin.tenantId, Case, CaseClosed, { id: caseId, customerId, state: closed }); // opened and closed again
  await desk.settled();
  await jobsDone(service, lin.tenantId);
  const invited = await listInvitations(lin);
  expect(invited).toMatchObject([{ caseId, productId, agentId, customerId, state: State.QUEUED }]);

  const token = await tokenOf(service, customerId);
  const form = await formOf(service, token, "en");
  expect(form).toMatchObject({
    title: "How did we do?",
    questions: [{ code: "recommend" }, { code: "why" }],
  });
  expect(JSON.stringify(form)).not.toContain(customerId);
  expect(await listInvitations(lin)).toMatchObject([{ state: State.OPENED, openTime: expect.any(Date) }]);
  await expect(submit(service, token, 11)).rejects.toMatchObject({
    violations: [{ field: "answers[0].score" }],
  });
  expect(await submit(service, token, 3, "太慢了")).toEqual({ thanks: "感谢您的反馈!" });
  for (const again of [() => submit(service, token, 10), () => formOf(service, token)])
    await expect(again()).rejects.toMatchObject({ reason: "ALREADY_ANSWERED" });

  const [answered] = await listInvitations(lin, `agent_id == "${agentId}" && standing == "DETRACTOR"`);
  expect(answered).toMatchObject({
    ...{ caseId, productId, agentId, surveyName: survey.displayName, state: State.ANSWERED },
    answers: [
      { questionCode: "recommend", score: 3, scaleMin: 0, scaleMax: 10 },
      { questionCode: "why", text: "太慢了" },
    ],
  });
  expect(await standing(lin, customerId)).toMatchObject({
    standing: Standing.DETRACTOR,
    answerTime: answered!.answerTime,
    surveyInvitationId: answered!.surveyInvitationId,
  });
  const [feedback] = await listFeedback(lin, { filter: 'source == "SURVEY"' });
  expect(feedback).toMatchObject({
    ...{
      topic: "service",
      text: "太慢了",
      score: 30,
      standing: Standing.DETRACTOR,
      ownerId: lin.userId,
      state: 1,
    },
    ...{ customerId, caseId, productId, surveyInvitationId: answered!.surveyInvitationId },
  });
  expect(await tasksOf(service, lin.tenantId)).toEqual([
    {
      kind: "RECOVERY",
      assigneeId: lin.userId,
      customerId,
      feedbackId: feedback!.feedbackId,
      importance: 100,
    },
  ]);
});

test("R051 who praises us is a promoter, and nobody has to make up for it", async () => {
  const lin = await service.user();
  const customerId = await known(lin);
  const { surveyId } = await activeSurvey(lin);
  await expect(standing(lin, customerId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const { surveyInvitations } = await invite(lin, surveyId, [customerId]);
  const { surveyInvitationId } = surveyInvitations[0]!;
  await expect(
    answer(lin, surveyInvitationId, 10, "好").then(() => answer(lin, surveyInvitationId, 9)),
  ).rejects.toMatchObject({ reason: "ALREADY_ANSWERED" });
  expect(await standing(lin, customerId)).toMatchObject({ standing: Standing.PROMOTER });
  expect(await listFeedback(lin)).toMatchObject([{ text: "好", score: 100, standing: Standing.PROMOTER }]);
  expect(await tasksOf(service, lin.tenantId)).toEqual([]);
  const taken = TakeSurveyAnswerRequest.fromPartial({
    surveyId,
    customerId,
    answers: [{ questionCode: "recommend", score: 8 }],
  });
  await lin.call(invitationRpc.takeSurveyAnswer, taken);
  expect(await standing(lin, customerId)).toMatchObject({ standing: Standing.PASSIVE });
});

test("R072 nobody is asked twice within the limit by whatever survey, nor against their will, and why is kept", async () => {
  const lin = await service.user();
  const [asked, unwilling, unknown] = [
    await known(lin),
    await known(lin, { withdrawn: true }),
    await known(lin, { email: false }),
  ] as const;
  const all = [asked, unwilling, unknown];
  const [one, two] = [await activeSurvey(lin), await activeSurvey(lin)];
  const first = await invite(lin, one.surveyId, all);
  expect(first).toMatchObject({
    asked: 1,
    sampledOut: 0,
    fatigued: 0,
    noConsent: 1,
    unreachable: 1,
    alreadyInvited: 0,
  });
  expect(await invite(lin, one.surveyId, all)).toMatchObject({ asked: 0, alreadyInvited: 3 });
  expect(await invite(lin, two.surveyId, all)).toMatchObject({
    asked: 0,
    fatigued: 1,
    noConsent: 1,
    unreachable: 1,
  });
  const suppressed = await listInvitations(lin, `survey_id == "${two.surveyId}"`);
  const reasons = new Map(suppressed.map((each) => [each.customerId, each.suppressReason]));
  expect(all.map((id) => reasons.get(id))).toEqual([Reason.FATIGUE, Reason.NO_CONSENT, Reason.UNREACHABLE]);
  const sampled = await activeSurvey(lin, { samplePercent: 0 });
  expect(await invite(lin, sampled.surveyId, all)).toMatchObject({ asked: 0, sampledOut: 3 });
  await setPolicy(lin, { surveyFatigueDays: 0 });
  const three = await activeSurvey(lin);
  expect(await invite(lin, three.surveyId, [asked])).toMatchObject({ asked: 1 });
  await expect(invite(lin, three.surveyId, [randomUUID()])).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
  });
});

test("R072 nobody is asked who is archived: in no run, by no invitation, after no case", async () => {
  const lin = await service.user();
  const [active, archived] = [await known(lin), await known(lin, { archived: true })];
  const { surveyId } = await activeSurvey(lin);
  await lin.call(surveyRpc.runSurvey, RunSurveyRequest.fromPartial({ surveyId }));
  await expect(invite(lin, surveyId, [active, archived])).rejects.toMatchObject({
    reason: "CUSTOMER_ARCHIVED",
    violations: [{ field: "customer_ids[1]", reason: "CUSTOMER_ARCHIVED" }],
  });
  await activeSurvey(lin, { trigger: Trigger.AFTER_CASE_CLOSED });
  const caseId = randomUUID();
  const closed = Case.fromPartial({ caseId, customerId: archived });
  await desk.tell(lin.tenantId, Case, CaseClosed, { id: caseId, customerId: archived, state: closed });
  await desk.settled();
  await jobsDone(service, lin.tenantId);
  expect(await listInvitations(lin)).toMatchObject([{ customerId: active }]);
  const runs = ListSurveyRunsRequest.fromPartial({ surveyId });
  expect((await lin.call(surveyRpc.listSurveyRuns, runs)).surveyRuns).toMatchObject([
    { visited: 1n, asked: 1n },
  ]);
});

test("R072 many surveys that would ask one customer at once ask once", async () => {
  const lin = await service.user();
  const customerId = await known(lin);
  const surveys = await Promise.all(Array.from({ length: 12 }, () => activeSurvey(lin)));
  const answers = await Promise.all(surveys.map(({ surveyId }) => invite(lin, surveyId, [customerId])));
  expect(answers.filter(({ asked }) => asked === 1)).toHaveLength(1);
  expect(answers.filter(({ fatigued }) => fatigued === 1)).toHaveLength(11);
});

test("R072 a scheduled run asks everybody once, whoever runs it how often, and its counts add up", async () => {
  const lin = await service.user();
  const { tenantId } = lin;
  const ids = Array.from({ length: 450 }, () => randomUUID());
  await service.admin.query(
    "insert into customers (tenant_id, customer_id, display_name, name_key, grade, version) select $1, id, 'x', 'x', 0, 1 from unnest($2::uuid[]) as i (id)",
    [tenantId, ids],
  );
  await service.admin.query(
    `insert into customer_reaches (tenant_id, customer_id, points, preferred_channels, contact_hours, consents, version)
      select $1, id, jsonb_build_array(jsonb_build_object('kind', 'EMAIL', 'value', id || '@example.com', 'primary', true)),
        '[]', '[]', '[]', 1 from unnest($2::uuid[]) as i (id)`,
    [tenantId, ids.slice(0, 300)],
  );
  const schedule = {
    trigger: Trigger.SCHEDULED,
    intervalDays: 30,
    startDate: { year: 2026, month: 1, day: 1 },
  };
  const { surveyId, nextRunTime } = await activeSurvey(lin, { ...schedule, samplePercent: 60 });
  expect(nextRunTime!.getTime()).toBeGreaterThan(Date.now());

  // The clock jumps over the time; two schedulers see it, many times each. The service's own jobs see nothing of it.
  await service.admin.query(
    "update surveys set next_run_time = now() - interval '40 days' where survey_id = $1",
    [surveyId],
  );
  await service.admin.query("update jobs set due_time = 'infinity' where tenant_id = $1", [tenantId]);
  const others = await Promise.all([scheduler(), scheduler()]);
  const both = <T>(work: (context: (typeof others)[number]) => Promise<T>) =>
    Promise.all([...others, ...others, ...others].map(work));
  await both((context) => surveyScheduleJob.run(job(tenantId, surveyId), context));
  const runs = () => lin.call(surveyRpc.listSurveyRuns, ListSurveyRunsRequest.fromPartial({ surveyId }));
  const { surveyRunId } = (await runs()).surveyRuns[0]!;
  expect((await runs()).surveyRuns).toHaveLength(1);
  const survey = await lin.call(surveyRpc.getSurvey, GetSurveyRequest.fromPartial({ surveyId }));
  expect(survey.nextRunTime!.getTime()).toBeGreaterThan(Date.now());

  // One stops behind the first batch, as if killed; the others go on, all at once.
  const stopped = surveyRunJob.run(job(tenantId, surveyRunId, AbortSignal.abort()), others[0]);
  await expect(stopped).rejects.toThrow(/aborted/);
  await both((context) => surveyRunJob.run(job(tenantId, surveyRunId), context));
  await Promise.all(others.map((context) => context.stop()));

  const [run] = (await runs()).surveyRuns;
  expect(run).toMatchObject({ state: SurveyRun_State.COMPLETED, visited: 450n, fatigued: 0n, noConsent: 0n });
  expect(run!.asked + run!.sampledOut + run!.unreachable).toBe(450n);
  expect(run!.sampledOut).toBeGreaterThan(100n);
  const { rows } = await service.admin.query(
    `select count(*)::int as all, count(distinct customer_id)::int as customers,
      (count(*) filter (where state = 'QUEUED'))::int as queued from survey_invitations where survey_id = $1`,
    [surveyId],
  );
  const invited = Number(run!.asked + run!.unreachable);
  expect(rows).toEqual([{ all: invited, customers: invited, queued: Number(run!.asked) }]);
  const { rows: mails } = await service.admin.query(
    "select count(*)::int as mails from interactions where tenant_id = $1 and direction = 'OUTBOUND'",
    [tenantId],
  );
  expect(mails).toEqual([{ mails: Number(run!.asked) }]);
  const again = await lin.call(surveyRpc.runSurvey, RunSurveyRequest.fromPartial({ surveyId }));
  expect(again.surveyRunId).toBe(surveyRunId);
});

test("R072 a run that a pause has stopped goes on where it stood when the survey is run again that day", async () => {
  const lin = await service.user();
  const customerIds = [await known(lin), await known(lin)].toSorted();
  const { surveyId } = await activeSurvey(lin);
  const run = () => lin.call(surveyRpc.runSurvey, RunSurveyRequest.fromPartial({ surveyId }));
  const begun = await run();
  await jobsDone(service, lin.tenantId);
  // As it stands where the pause came behind the first customer.
  await service.admin.query(
    `update survey_runs set state = 'STOPPED', visited = 1, asked = 1, last_customer_id = $2 where survey_run_id = $1`,
    [begun.surveyRunId, customerIds[0]],
  );
  await service.admin.query("delete from survey_invitations where survey_id = $1 and customer_id = $2", [
    surveyId,
    customerIds[1],
  ]);
  expect(await run()).toMatchObject({
    surveyRunId: begun.surveyRunId,
    state: SurveyRun_State.RUNNING,
    endTime: undefined,
  });
  await jobsDone(service, lin.tenantId);
  const { surveyRuns } = await lin.call(
    surveyRpc.listSurveyRuns,
    ListSurveyRunsRequest.fromPartial({ surveyId }),
  );
  expect(surveyRuns).toMatchObject([{ state: SurveyRun_State.COMPLETED, visited: 2n, asked: 2n }]);
});

test("R072 an invitation goes out, is over at its time, and then nobody may answer", async () => {
  const lin = await service.user();
  const customerId = await known(lin);
  const { surveyId } = await activeSurvey(lin, { validDays: 3 });
  const { surveyInvitations } = await invite(lin, surveyId, [customerId]);
  const { surveyInvitationId, createTime, expireTime } = surveyInvitations[0]!;
  expect(expireTime!.getTime() - createTime!.getTime()).toBe(3 * 86_400_000);
  const { rows } = await service.admin.query(
    "select message_id from survey_invitations where survey_invitation_id = $1",
    [surveyInvitationId],
  );
  const other = await scheduler();
  const as = { tenantId: lin.tenantId, timeZone: "UTC", currencyCode: "CNY", actor: "test" };
  await other.act(as, (at) => recordSent(at, (rows[0] as { message_id: string }).message_id, "250 OK"));
  await other.stop();
  expect(await listInvitations(lin)).toMatchObject([{ state: State.SENT, sendTime: expect.any(Date) }]);

  const token = await tokenOf(service, customerId);
  await service.admin.query("update survey_invitations set expire_time = now() where survey_id = $1", [
    surveyId,
  ]);
  await expect(formOf(service, token)).rejects.toMatchObject({ reason: "INVITATION_EXPIRED" });
  await makeDue(service, lin.tenantId, "survey expiry");
  await jobsDone(service, lin.tenantId);
  expect(await listInvitations(lin)).toMatchObject([{ state: State.EXPIRED }]);
  await expect(submit(service, token, 10)).rejects.toMatchObject({ reason: "INVITATION_EXPIRED" });
  await expect(answer(lin, surveyInvitationId, 10)).rejects.toMatchObject({ reason: "INVITATION_EXPIRED" });
  expect((await typesOf(lin)).filter((type) => type === "SurveyInvitationExpired")).toHaveLength(1);
});

test("a link that is not ours opens nothing, and says nothing of who is here", async () => {
  const lin = await service.user();
  const customerId = await known(lin);
  const { surveyId } = await activeSurvey(lin);
  await invite(lin, surveyId, [customerId]);
  const token = await tokenOf(service, customerId);
  const other = Buffer.from(token, "base64url");
  other[other.length - 1]! ^= 1;
  const stranger = Buffer.concat([Buffer.alloc(16, 7), other.subarray(16)]);
  for (const wrong of ["x", `${token}A`, other.toString("base64url"), stranger.toString("base64url")])
    await expect(formOf(service, wrong)).rejects.toMatchObject({ code: "NOT_FOUND", reason: "UNKNOWN_LINK" });
  const { rows } = await service.admin.query(
    "select token_hash from survey_invitations where survey_id = $1",
    [surveyId],
  );
  expect(token).not.toContain((rows[0] as { token_hash: string }).token_hash);
});
