import {
  PipelineFigureServiceService,
  QueryPipelineFiguresRequest,
} from "@guanxi/contract/guanxi/analytics/v1/pipeline_figure_service";
import {
  QueryKpisRequest,
  QuerySalesFiguresRequest,
  SalesFigureServiceService as Service,
} from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { Lead_Status } from "@guanxi/contract/guanxi/sales/v1/lead";
import { Order_Kind as Kind, Order_Status as Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import {
  SurveyInvitation,
  SurveyInvitation_State,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import { SurveyAnswered } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import { SurveyQuestion_Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { Case, Case_Kind, Case_Status } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseChanged } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { SlaTarget_Kind, SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { startTeller } from "@guanxi/testkit/teller";
import type { TestUser } from "@guanxi/testkit/service";
import { randomUUID } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { dateOf, dayOf } from "@guanxi/kit/days";
import { moneyOf } from "@guanxi/kit/micros";
import { startFigures } from "./figure-rig.ts";

const rig = await startFigures();
const { service } = rig;

const desk = await startTeller(service, "service_desk");
const interaction = await startTeller(service, "interaction");
afterAll(async () => {
  await Promise.all([desk.stop(), interaction.stop()]);
  await rig.stop();
});

const OF_SERVICE = [
  "first_response_time",
  "resolution_time",
  "sla_attainment",
  "first_contact_resolution",
  "complaint_response_rate",
  "complaint_rate",
  "complaint_rate_per_1000_customers",
  "customer_satisfaction",
  "net_promoter_score",
  "customer_effort_score",
];

const money = (units: number, currencyCode = "CNY") => moneyOf(BigInt(Math.round(units * 1e6)), currencyCode);

async function kpis(user: TestUser, start: string, end: string) {
  const request = QueryKpisRequest.fromPartial({ startDate: dateOf(start), endDate: dateOf(end) });
  const { rows, missing } = await user.call(Service.queryKpis, request);
  const shown = rows.map(({ kpi, currencyCode, numerator, denominator, value }) => [
    `${kpi} ${currencyCode}`.trim(),
    [numerator, denominator, value],
  ]);
  return { rows, missing, shown: Object.fromEntries(shown) as Record<string, unknown> };
}

/** An order of one line. */
const orders =
  (tenantId: string) =>
  (day: string, customerId: string, net: number, more: object = {}) =>
    rig.tell(tenantId, "order", {
      orderNumber: "O",
      customerId,
      kind: net < 0 ? Kind.RETURN : Kind.SALE,
      status: Status.CONFIRMED,
      currencyCode: "CNY",
      orderDate: dateOf(day),
      lines: [{ productCode: "A", quantity: "1", netAmount: money(net), costAmount: money(net / 2) }],
      ...more,
    });

/** Two complaints, one of them answered late and one resolved; two answers of February and one of March. */
async function tellService(tenantId: string): Promise<void> {
  const time = (text: string) => new Date(`2026-02-${text}+08:00`);
  const complaint = (targets: readonly object[], more: object = {}) => {
    const id = randomUUID();
    const open = { openTime: time("10T09:00:00"), openDate: dateOf("2026-02-10"), sla: { targets } };
    const state = {
      caseId: id,
      kind: Case_Kind.COMPLAINT,
      status: Case_Status.IN_PROGRESS,
      ...open,
      ...more,
    };
    return desk.tell(tenantId, Case, CaseChanged, { id, state });
  };
  const answered = (kind: SlaTarget_Kind, state: SlaTarget_State, elapsedSeconds: bigint) => ({
    ...{ kind, state, elapsedSeconds, metTime: time("10T11:00:00"), breachTime: undefined },
    ...(state === SlaTarget_State.BREACHED && { breachTime: time("10T10:00:00") }),
  });
  const { FIRST_RESPONSE, RESOLUTION } = SlaTarget_Kind;
  const { MET, BREACHED } = SlaTarget_State;
  await complaint([answered(FIRST_RESPONSE, BREACHED, 500n)]);
  const resolved = {
    status: Case_Status.RESOLVED,
    resolveTime: time("10T11:00:00"),
    customerContactCount: 1,
  };
  await complaint([answered(FIRST_RESPONSE, MET, 100n), answered(RESOLUTION, MET, 7200n)], resolved);
  const answer = (day: string, scores: readonly (readonly [kind: SurveyQuestion_Kind, score: number])[]) => {
    const id = randomUUID();
    const answers = scores.map(([kind, score], place) => ({
      ...{
        questionCode: `q${place}`,
        kind,
        score,
        scaleMin: 1,
        scaleMax: kind === SurveyQuestion_Kind.NPS ? 10 : 5,
      },
    }));
    const state = {
      surveyInvitationId: id,
      state: SurveyInvitation_State.ANSWERED,
      answerDate: dateOf(day),
      answers,
    };
    return interaction.tell(tenantId, SurveyInvitation, SurveyAnswered, { id, state });
  };
  await answer("2026-02-10", [
    [SurveyQuestion_Kind.CSAT, 4],
    [SurveyQuestion_Kind.NPS, 9],
  ]);
  await answer("2026-02-11", [[SurveyQuestion_Kind.CSAT, 3]]);
  await answer("2026-03-01", [[SurveyQuestion_Kind.CSAT, 5]]);
  await desk.published();
  await interaction.published();
}

test("R146 key figures match what was counted by hand, each with its denominator", async () => {
  const user = await service.user();
  const order = orders(user.tenantId);
  const [steady, lost, back, fresh] = Array.from({ length: 4 }, () => randomUUID());
  // Every 10 days: the cycle of all is 10 days, so silence of more than 30 days is a loss.
  for (const day of ["2026-01-01", "2026-01-11", "2026-01-21", "2026-01-31", "2026-02-10", "2026-02-20"])
    await order(day, steady!, 100);
  await order("2026-01-15", lost!, 40);
  await order("2026-01-25", lost!, 40);
  await order("2025-11-10", back!, 10);
  await order("2026-02-15", back!, 10);
  await order("2026-02-21", fresh!, 7);
  await order("2026-02-21", fresh!, 3); // two orders on a day are one purchase
  await order("2026-02-22", fresh!, -1); // what is given back is none
  await order("2026-02-23", "", 50, { lines: [{ productCode: "A", quantity: "1", netAmount: money(50) }] });
  await order("2026-02-24", fresh!, 8, { currencyCode: "EUR", status: Status.CANCELLED });

  const opportunity = (state: object) =>
    rig.tell(user.tenantId, "opportunity", { pipelineId: randomUUID(), ...state });
  const closed = (stageType: number, open: string | undefined, close: string, amount: object | undefined) =>
    opportunity({
      stageType,
      closeDate: dateOf(close),
      ...(open && { openDate: dateOf(open) }),
      ...(amount && { amount }),
    });
  await closed(Stage_Type.WON, "2026-02-01", "2026-02-05", money(100));
  await closed(Stage_Type.WON, "2026-02-01", "2026-02-11", money(50));
  await closed(Stage_Type.WON, "2026-02-01", "2026-02-28", undefined);
  await closed(Stage_Type.WON, undefined, "2026-02-03", money(9, "EUR"));
  await closed(Stage_Type.LOST, "2026-02-01", "2026-02-03", money(900));
  await closed(Stage_Type.WON, "2026-02-01", "2026-03-01", money(7777));
  await opportunity({ stageType: Stage_Type.OPEN, openDate: dateOf("2026-02-02"), amount: money(5) });

  for (const [day, status] of [
    ["2026-02-01", Lead_Status.CONVERTED],
    ["2026-02-28", Lead_Status.NEW],
    ["2026-02-28", Lead_Status.DISQUALIFIED],
    ["2026-03-01", Lead_Status.CONVERTED],
  ] as const)
    await rig.tell(user.tenantId, "lead", { status, createDate: dateOf(day) });
  await tellService(user.tenantId);
  for (const day of ["2025-12-01", "2026-01-01", "2026-02-01", "2026-02-28", "2026-03-01"])
    await rig.tell(user.tenantId, "customer", { displayName: "晨光", createDate: dateOf(day) });
  await rig.settled();

  const { rows, missing, shown } = await kpis(user, "2026-02-01", "2026-03-01");
  expect(shown).toEqual({
    repeat_purchase_rate: [1, 3, 1 / 3], // steady of steady, back and fresh
    retention_rate: [1, 2, 0.5], // steady of steady and lost
    churn_rate: [1, 2, 0.5],
    "revenue CNY": [269, 1, 269],
    "average_order_value CNY": [270, 6, 45],
    "margin_rate CNY": [109.5, 219, 0.5], // without the order whose cost is not known
    win_rate: [4, 5, 0.8],
    "average_deal_size CNY": [150, 3, 50],
    "average_deal_size EUR": [9, 1, 9],
    sales_cycle_days: [41, 3, 10], // 4, 10 and 27 days
    lead_conversion_rate: [1, 3, 1 / 3],
    first_response_time: [600, 2, 300],
    resolution_time: [7200, 1, 7200],
    sla_attainment: [2, 3, 2 / 3],
    first_contact_resolution: [1, 1, 1],
    complaint_response_rate: [1, 2, 0.5],
    complaint_rate: [2, 6, 1 / 3], // of the orders of February that are no returns
    complaint_rate_per_1000_customers: [2000, 4, 500],
    customer_satisfaction: [1, 2, 0.5],
    net_promoter_score: [1, 1, 100],
    customer_effort_score: [0, 0, undefined],
  });
  expect(rows.every(({ definition }) => definition.length > 20)).toBe(true);
  expect(rows.find(({ kpi }) => kpi === "churn_rate")!.definition).toContain("more than 30 days");
  expect(rows.map(({ unit }) => unit)).toEqual(expect.arrayContaining(["ratio", "days", "CNY", "EUR"]));
  expect(missing.map(({ kpi }) => kpi)).toEqual(expect.arrayContaining(["quota_attainment", "campaign_roi"]));
});

test("R106 R110 sums may be larger than a number of the database", async () => {
  const user = await service.user();
  const order = orders(user.tenantId);
  const [huge, count] = [900_000_000_000, 20]; // near the largest amount that sales takes
  for (let day = 1; day <= count; day += 1) {
    await order(dayOf({ year: 2026, month: 1, day }), randomUUID(), huge);
    await rig.tell(user.tenantId, "opportunity", {
      pipelineId: randomUUID(),
      stageType: Stage_Type.WON,
      closeDate: { year: 2026, month: 1, day },
      amount: money(huge),
    });
  }
  await rig.settled();
  const { shown } = await kpis(user, "2026-01-01", "2026-02-01");
  expect(shown).toMatchObject({
    "revenue CNY": [huge * count, 1, huge * count],
    "average_deal_size CNY": [huge * count, count, huge],
  });
  const sales = await user.call(Service.querySalesFigures, QuerySalesFiguresRequest.fromPartial({}));
  expect(sales.rows[0]!.netAmount).toEqual(money(huge * count));
  const pipeline = await user.call(
    PipelineFigureServiceService.queryPipelineFigures,
    QueryPipelineFiguresRequest.fromPartial({}),
  );
  expect(pipeline.rows[0]!.wonAmount).toEqual(money(huge * count));
});

test("R146 where there is nothing to count a figure has no value, and says why one is missing", async () => {
  const user = await service.user();
  const { shown, missing } = await kpis(user, "2026-02-01", "2026-03-01");
  expect(shown).toEqual({
    repeat_purchase_rate: [0, 0, undefined],
    win_rate: [0, 0, undefined],
    sales_cycle_days: [0, 0, undefined],
    lead_conversion_rate: [0, 0, undefined],
    ...Object.fromEntries(OF_SERVICE.map((kpi) => [kpi, [0, 0, undefined]])),
  });
  expect(missing.filter(({ kpi }) => /retention|churn/.test(kpi)).map(({ reason }) => reason)).toEqual(
    Array(2).fill(expect.stringContaining("purchase cycle")),
  );
});
