import {
  activateSurvey,
  createCarePlan,
  createQueue,
  createServiceCalendar,
  createSlaPolicy,
  createSurvey,
  listCarePlans,
  listQueues,
  listServiceCalendars,
  listSlaPolicies,
  listSurveys,
  listUsers,
  restoreSlaPolicy,
  ServiceHoursDay,
  type SurveyQuestionInput,
  updateCarePlan,
} from "@guanxi/client/gen/guanxi";
import { surveys } from "./answers.ts";
import { promises, queues } from "./cases.ts";
import type { SurveyIds } from "./life-files.ts";
import { MADE_UP } from "./made-up.ts";

const ALL = { pageSize: 200 };

export const SLA_POLICY = "标准承诺 Standard promise";
export const CARE_PLAN = "A、B 级客户定期回访 Regular visits to grades A and B";
const CALENDAR = "全天候 Around the clock";

/** What the cases and the answers refer to. What was there before stands in for what would be made. */
export async function prepareService(): Promise<SurveyIds> {
  await formQueues();
  await promise();
  await takeCare();
  const question = { code: "why", kind: "KIND_TEXT", text: "为什么? Why?" } as const;
  return {
    nps: await survey(surveys.nps, [
      { code: "recommend", kind: "KIND_NPS", text: surveys.nps, required: true },
      question,
    ]),
    csat: await survey(surveys.csat, [
      { code: "satisfied", kind: "KIND_CSAT", text: surveys.csat, required: true },
      question,
    ]),
  };
}

async function formQueues(): Promise<void> {
  const [{ users }, known] = await Promise.all([listUsers(ALL), listQueues(ALL)]);
  const idOf = (name: string) => users.find(({ displayName }) => displayName === name)?.userId;
  const ids = (names: string[]) => names.flatMap((name) => idOf(name) ?? []);
  for (const [displayName, names] of [
    [queues[0], ["王磊", "林晓"]],
    [queues[1], ["陈静", "王磊"]],
  ] as const) {
    if (known.queues.some((queue) => queue.displayName === displayName)) continue;
    const members = ids([...names]).map((userId) => ({ userId }));
    await createQueue({ displayName, description: MADE_UP, leadId: members[0]?.userId ?? "", members });
  }
}

async function promise(): Promise<void> {
  const known = (await listSlaPolicies(ALL)).slaPolicies.find(
    ({ displayName }) => displayName === SLA_POLICY,
  );
  if (known) {
    if (!known.active) await restoreSlaPolicy(known.slaPolicyId, {});
    return;
  }
  const targets = Object.entries(promises).map(([priority, { response, solution }]) => ({
    priority: `PRIORITY_${priority as keyof typeof promises}` as const,
    firstResponseMinutes: response,
    resolutionMinutes: solution,
  }));
  await createSlaPolicy({
    displayName: SLA_POLICY,
    rank: 50, // before the policy that every tenant has from the beginning
    serviceCalendarId: await aroundTheClock(),
    targets,
  });
}

async function aroundTheClock(): Promise<string> {
  const { serviceCalendars } = await listServiceCalendars(ALL);
  const known = serviceCalendars.find(({ displayName }) => displayName === CALENDAR);
  const days = Object.values(ServiceHoursDay).filter((day) => day !== "DAY_UNSPECIFIED");
  const hours = [{ days, from: "00:00", until: "24:00" }];
  return (known ?? (await createServiceCalendar({ displayName: CALENDAR, hours }))).serviceCalendarId;
}

/** Its first visit is due when a cadence is over: nothing comes of it at once. */
async function takeCare(): Promise<void> {
  const known = (await listCarePlans(ALL)).carePlans.find(({ displayName }) => displayName === CARE_PLAN);
  if (known) {
    const { carePlanId, enabled, etag } = known;
    if (!enabled) await updateCarePlan(carePlanId, { enabled: true }, { "If-Match": `"${etag}"` });
    return;
  }
  await createCarePlan({
    displayName: CARE_PLAN,
    occasion: "OCCASION_REGULAR",
    cadences: [
      { grade: "GRADE_A", days: 30 },
      { grade: "GRADE_B", days: 60 },
    ],
    taskTitle: "回访 Visit {customer}",
    taskNote: MADE_UP,
    enabled: true,
  });
}

/** Answered by hand only, so that nobody is asked. One that somebody has closed is over, and keeps its name. */
async function survey(wanted: string, questions: SurveyQuestionInput[]): Promise<string> {
  const { surveys: all } = await listSurveys(ALL);
  const known = all.filter(({ displayName }) => displayName.startsWith(wanted));
  const going = known.find(({ state }) => state !== "STATE_CLOSED");
  const displayName = known.length === 0 ? wanted : `${wanted} (${known.length + 1})`;
  const about = { displayName, questions, trigger: "TRIGGER_MANUAL", languageCode: "zh-CN" } as const;
  const { surveyId } = going ?? (await createSurvey(about));
  await activateSurvey(surveyId, {});
  return surveyId;
}
