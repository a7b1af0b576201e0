import {
  createCampaign,
  createMarketingPlan,
  createMessageTemplate,
  createSegment,
  listCampaigns,
  listSegments,
} from "@guanxi/client/gen/guanxi";
import { MADE_UP, patiently } from "./made-up.ts";

const segments = {
  asleep: "A 级沉睡客户 Grade A, asleep",
  hangzhou: "杭州企业 Companies in Hangzhou",
  fresh: "本季度新客户 New this quarter",
} as const;
export const TEMPLATE = "好久不见 Long time no see";
export const PLAN = "唤醒老客户 Wake old customers";
export const CAMPAIGN = "杭州秋季邮件 Autumn mail to Hangzhou";

const DAY_MS = 86_400_000;

/** A plan with a target, and a campaign that stays planned: nobody may be written to. */
export async function planMarketing(now: Date): Promise<void> {
  const known = await listCampaigns({ pageSize: 200 });
  if (known.campaigns.some(({ name, status }) => name === CAMPAIGN && status !== "STATUS_ABORTED")) return;
  const ids = await drawSegments(now);
  const { templateId } = await createMessageTemplate({ name: TEMPLATE, variants: [mail("zh"), mail("en")] });
  const [start, end] = [dateIn(now, 7), dateIn(now, 37)];
  const wish = {
    name: PLAN,
    segmentIds: Object.values(ids),
    targets: [
      {
        segmentId: ids.hangzhou,
        size: "100",
        score: 80,
        reason: "离我们近,有意复购 Near us, and they buy again",
      },
      { segmentId: ids.asleep, size: "50", score: 60, reason: "曾经的大客户 They once bought much" },
    ],
    positioning: "最懂仓库的标签伙伴 The label partner who knows warehouses",
    startDate: start,
    endDate: end,
    budget: { currencyCode: "CNY", units: "50000" },
  };
  const plan = await patiently(() => createMarketingPlan(wish));
  const target = plan.targets.find(({ segmentId }) => segmentId === ids.hangzhou)!;
  await createCampaign({
    name: CAMPAIGN,
    description: MADE_UP,
    kind: "邮件 Mail",
    planId: plan.planId,
    targetId: target.targetId,
    audience: { segmentIds: [ids.hangzhou] },
    steps: [{ step: 1, templateId, waitDays: 0 }],
    startDate: start,
    endDate: end,
    budget: { currencyCode: "CNY", units: "12000" },
  });
}

async function drawSegments(now: Date) {
  const quarter = new Date(Date.UTC(now.getUTCFullYear(), Math.floor(now.getUTCMonth() / 3) * 3, 1));
  const conditions: Record<keyof typeof segments, string> = {
    asleep: 'grade == "A" && last_order_date < today - duration("2160h")',
    hangzhou: 'kind == "ORGANISATION" && city == "杭州市"',
    fresh: `first_order_date >= "${quarter.toISOString().slice(0, 10)}"`,
  };
  const { segments: known } = await listSegments({ pageSize: 200 });
  const idOf = async (key: keyof typeof segments) => {
    const name = segments[key];
    const there = known.find((each) => each.name === name);
    const about = { name, description: MADE_UP, condition: conditions[key] };
    return (there ?? (await createSegment(about))).segmentId;
  };
  return { asleep: await idOf("asleep"), hangzhou: await idOf("hangzhou"), fresh: await idOf("fresh") };
}

const mail = (language: "zh" | "en") => ({
  channel: "EMAIL",
  language,
  ...(language === "zh"
    ? {
        subject: "{{ customer.display_name }},好久不见",
        text: "年底标签纸九折。\n退订:{{ unsubscribe_url }}",
      }
    : {
        subject: "{{ customer.display_name }}, long time no see",
        text: "Labels are 10 % off until the end of the year.\nUnsubscribe: {{ unsubscribe_url }}",
      }),
});

function dateIn(now: Date, days: number) {
  const day = new Date(now.getTime() + days * DAY_MS);
  return { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
}
