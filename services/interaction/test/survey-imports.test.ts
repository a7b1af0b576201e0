import {
  SurveyInvitation_Standing as Standing,
  SurveyInvitation_State as State,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { Survey, Survey_Trigger as Trigger } from "@guanxi/contract/guanxi/interaction/v1/survey";
import { SurveyQuestion_Kind as Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { Interaction_Outcome as Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { fromJson } from "@bufbuild/protobuf";
import { loadContract, messageOf } from "@guanxi/kit/contract";
import { counts, importsOf } from "@guanxi/testkit/import-calls";
import { publicData } from "@guanxi/testkit/public-data";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { YELLOW_PAGES, YELLOW_PAGES_SURVEY } from "../../../e2e/imports/survey-mappings.ts";
import { conclude, recordContact } from "./contact-calls.ts";
import { ImportServiceService } from "@guanxi/contract/guanxi/interaction/v1/import_service";
import { interactionService } from "./service.ts";
import {
  activeSurvey,
  jobsDone,
  listFeedback,
  listInvitations,
  RECOMMEND,
  tasksOf,
  tellCustomer,
  WHY,
} from "./survey-calls.ts";

const service = interactionService();
const imports = importsOf(service, ImportServiceService, "erp");
let customer: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  customer = await startTeller(service, "customer");
});
afterAll(() => customer.stop());

const LIKED = { code: "liked", kind: Kind.CHOICE, text: "喜欢什么?", choices: ["价格", "速度"] };
const ROWS = [
  "答卷编号,问卷,客户,提交时间,recommend,为什么?,liked",
  "A1,年度,晨光,2026-01-05 10:00,3,太慢,价格;速度",
  "A2,年度,,2026-01-06 10:00,10,,速度",
  ",年度,,,9,,",
  ",年度,,,9,,",
  "A3,月度,,,9,,",
  "A4,年度,没有的,,9,,",
  "A5,年度,,,11,,",
  "A6,年度,,,,好,",
  "A7,年度,,,9,,颜色",
];

test("R069, R090 rows become answers, as many as there are, and make nobody's tasks; a fault names its column", async () => {
  const lin = await service.user();
  const customerId = await tellCustomer(customer, lin.tenantId);
  await customer.settled();
  const { surveyId } = await activeSurvey(lin, { displayName: "年度", questions: [RECOMMEND, WHY, LIKED] });
  const it = await imports.take(lin, "survey_answer", ROWS.join("\n"), { sourceSystem: "wjx" });
  expect(it.unmappedColumns).toEqual([]);
  expect(counts(it)).toEqual({ readRows: 9, createdRows: 4, createdRecords: 4, failedRows: 5 });
  const failures = await imports.failures(lin, it.importId);
  expect(
    failures.map((line) => [line.slice(0, 2), /([A-Z_]{8,}),"?([^:]*)/.exec(line)?.slice(1).join(" ")]),
  ).toEqual([
    ["A3", "UNKNOWN_REFERENCE 问卷"],
    ["A4", "UNKNOWN_REFERENCE 客户"],
    ["A5", "OFF_SCALE recommend"],
    ["A6", "ANSWER_MISSING recommend"],
    ["A7", "UNKNOWN_CHOICE liked"],
  ]);
  const [first] = await listInvitations(lin, `customer_id == "${customerId}"`);
  expect(first).toMatchObject({
    ...{ surveyId, customerId, state: State.ANSWERED, standing: Standing.DETRACTOR, expireTime: undefined },
    answerDate: { year: 2026, month: 1, day: 5 },
    answers: [{ score: 3 }, { text: "太慢" }, { choices: ["价格", "速度"] }],
  });
  expect(await listInvitations(lin, 'standing == "PROMOTER"')).toHaveLength(3);
  expect(await listFeedback(lin)).toEqual([]);
  expect(await tasksOf(service, lin.tenantId)).toEqual([]);
  const again = await imports.take(lin, "survey_answer", ROWS.join("\n"), { sourceSystem: "wjx" });
  expect(counts(again)).toEqual({ readRows: 9, unchangedRows: 4, failedRows: 5 });
  const longer = await imports.take(lin, "survey_answer", [...ROWS.slice(0, 5), ROWS[4]].join("\n"), {
    sourceSystem: "wjx",
  });
  expect(counts(longer)).toEqual({ readRows: 5, unchangedRows: 4, createdRows: 1, createdRecords: 1 });
  const undone = await imports.takeBack(lin, it.importId);
  expect(undone.undoCounts).toMatchObject({ removedRecords: 4n });
  expect(await listInvitations(lin)).toHaveLength(1);
});

const data = publicData(YELLOW_PAGES.path);

test.runIf(data.isHere)(
  `R090 each of 1,811 people of a public survey is one answer${data.absent}`,
  async () => {
    const lin = await service.user();
    const survey = fromJson(messageOf(loadContract(), Survey.$type), YELLOW_PAGES_SURVEY) as never;
    await activeSurvey(lin, survey);
    const it = await imports.take(lin, "survey_answer", data.read(), YELLOW_PAGES.sent);
    expect(counts(it)).toEqual({ readRows: 1811, createdRows: 1811, createdRecords: 1811 });
    const { rows } = await service.admin.query(
      `select round(avg((a->>'score')::int), 3)::text as mean,
      round(100.0 * (count(*) filter (where standing = 'PROMOTER') - count(*) filter (where standing = 'DETRACTOR')) / count(*), 2)::text as nps
    from survey_invitations cross join lateral jsonb_array_elements(answers) a
    where tenant_id = $1 and a->>'questionCode' = 'q1'`,
      [lin.tenantId],
    );
    expect(rows).toEqual([{ mean: "6.066", nps: "-35.67" }]);
    const again = await imports.take(lin, "survey_answer", data.read(), YELLOW_PAGES.sent);
    expect(counts(again)).toEqual({ readRows: 1811, unchangedRows: 1811 });
  },
);

test("R073 after a contact is concluded it is asked for a rating, once, of whoever was spoken with", async () => {
  const lin = await service.user();
  const customerId = await tellCustomer(customer, lin.tenantId);
  await customer.settled();
  await activeSurvey(lin, { trigger: Trigger.AFTER_INTERACTION });
  const contact = { channel: 1, direction: 1, customerId, body: "电话" };
  const conclusion = { outcome: Outcome.DONE, learned: { nothingNew: true } };
  const { interactionId } = await recordContact(lin, contact);
  await conclude(lin, interactionId, conclusion);
  await conclude(lin, interactionId, { ...conclusion, note: "more" });
  await jobsDone(service, lin.tenantId);
  const unsure = await recordContact(lin, contact, { conclusion });
  await jobsDone(service, lin.tenantId);
  expect(await listInvitations(lin)).toMatchObject([
    { interactionId, customerId, agentId: lin.userId, state: State.QUEUED },
    { interactionId: unsure.interactionId, state: State.SUPPRESSED },
  ]);
});
