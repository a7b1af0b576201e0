// What there is before the story begins. No page sets up a mailbox, business hours, promises, rules of sending or a survey: an
// administrator does it over the API. The others are there since what is worth much is worth more than others.
import {
  activateSurvey,
  createMailbox,
  createServiceCalendar,
  createSlaPolicy,
  createSurvey,
  getSendingPolicy,
  listCustomers,
  listUsers,
  takeSurveyAnswer,
  updateSendingPolicy,
} from "@guanxi/client/gen/guanxi";
import { fill } from "@guanxi/cli/seed/seed";

const SEED = 7;
const OTHERS = 120;
const DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;
/** Two who praise us, and one who does not: with one more who does it is 2 of 5 more that praise. */
const ANSWERS = [10, 10, 7, 3];

const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

export async function prepared(): Promise<void> {
  await createMailbox({ address: "hello@labels.example", displayName: "Labels", active: true }, key());
  const { etag } = await getSendingPolicy();
  await updateSendingPolicy({ quietFrom: "", quietUntil: "" }, { "If-Match": `"${etag}"` });
  await promises();
  await fill(SEED, OTHERS);
  await asked();
}

/** A minute for those of grade A; who leads hears of what is late. */
async function promises(): Promise<void> {
  const hours = [{ days: DAYS.map((day) => `DAY_${day}` as const), from: "00:00", until: "24:00" }];
  const { serviceCalendarId } = await createServiceCalendar({ displayName: "全天", hours });
  const { users } = await listUsers();
  const userId = users.find(({ displayName }) => displayName === "陈静")!.userId;
  await createSlaPolicy({
    displayName: "按等级",
    rank: 1,
    serviceCalendarId,
    targets: [
      { firstResponseMinutes: 30, resolutionMinutes: 600 },
      { grade: "GRADE_A", firstResponseMinutes: 1, resolutionMinutes: 120 },
    ],
    escalation: [{ targetKind: "KIND_FIRST_RESPONSE", percent: 100, tell: "TELL_USER", userId }],
  });
}

/** A survey after each case, which some have answered on the phone. */
async function asked(): Promise<void> {
  const { surveyId } = await createSurvey({
    displayName: "服务之后",
    trigger: "TRIGGER_AFTER_CASE_CLOSED",
    languageCode: "zh-CN",
    questions: [{ code: "recommend", kind: "KIND_NPS", text: "您愿意推荐我们吗？" }],
  });
  await activateSurvey(surveyId, {});
  const { customers } = await listCustomers({ pageSize: ANSWERS.length });
  for (const [index, score] of ANSWERS.entries()) {
    const { customerId } = customers[index]!;
    await takeSurveyAnswer(surveyId, { customerId, answers: [{ questionCode: "recommend", score }] }, key());
  }
}
