import { expect, test } from "vitest";
import { day, move, open, summarize, update, win, yuan } from "./calls.ts";
import { salesService } from "./service.ts";

const service = salesService();
const dollars = (units: number) => ({ currencyCode: "USD", units: BigInt(units), nanos: 0 });

test("R105 the pipeline is summed by stage and currency, with age, missing next steps and slipped deals", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  expect(await summarize(lin)).toEqual({ stages: [], totalCount: 0 });
  const slipped = await open(lin, {
    amount: yuan(1000),
    expectedCloseDate: day("2020-01-01"),
    nextStep: "报价",
  });
  const pushed = await update(lin, slipped, { expectedCloseDate: day("2020-02-01") });
  expect(pushed.pushCount).toBe(1);
  await open(lin, { amount: yuan(333, 330_000_000) });
  await open(chen, { amount: dollars(50) });
  await open(lin);
  const proposal = await open(lin, { amount: yuan(100) });
  await move(lin, proposal.opportunityId, "proposal");
  await win(lin, (await open(lin, { amount: yuan(9) })).opportunityId);
  const summary = await summarize(lin);
  const plain = {
    displayName: "Prospecting",
    meanAgeDays: 0,
    oldestAgeDays: 0,
    overdueCount: 0,
    pushedCount: 0,
  };
  expect(summary.stages).toEqual([
    {
      ...plain,
      stageId: "prospecting",
      currencyCode: "",
      count: 1,
      amount: undefined,
      weightedAmount: undefined,
      withoutNextStepCount: 1,
    },
    {
      ...plain,
      stageId: "prospecting",
      currencyCode: "CNY",
      count: 2,
      amount: yuan(1333, 330_000_000),
      weightedAmount: yuan(133, 333_000_000),
      withoutNextStepCount: 1,
      overdueCount: 1,
      pushedCount: 1,
    },
    {
      ...plain,
      stageId: "prospecting",
      currencyCode: "USD",
      count: 1,
      amount: dollars(50),
      weightedAmount: dollars(5),
      withoutNextStepCount: 1,
    },
    {
      ...plain,
      stageId: "proposal",
      displayName: "Proposal",
      currencyCode: "CNY",
      count: 1,
      amount: yuan(100),
      weightedAmount: yuan(50),
      withoutNextStepCount: 1,
    },
  ]);
  expect(summary.totalCount).toBe(5);
  expect((await summarize(lin, { ownerId: chen.userId })).totalCount).toBe(1);
  expect((await summarize(lin, { pipelineId: proposal.pipelineId })).totalCount).toBe(5);
});

test("R105 days in the stage are counted from the day of entering", async () => {
  const lin = await service.user();
  const ids = [await open(lin), await open(lin), await open(lin)].map(({ opportunityId }) => opportunityId);
  const ages = [4, 7, null];
  for (const [index, id] of ids.entries())
    await service.admin.query(
      `update opportunities set stage_since_date = (now() at time zone 'Asia/Shanghai')::date - $2::int
       where opportunity_id = $1`,
      [id, ages[index]],
    );
  expect((await summarize(lin)).stages).toMatchObject([{ count: 3, meanAgeDays: 5.5, oldestAgeDays: 7 }]);
});

test("R105 the sums are read from the index of open ones, however many have ended", async () => {
  const lin = await service.user();
  const { pipelineId } = await open(lin);
  await service.admin.query(
    `insert into opportunities select (jsonb_populate_record(o, jsonb_build_object('opportunity_id', gen_random_uuid(),
       'stage_type', case when i % 20 = 0 then 'OPEN' else 'WON' end))).*
     from opportunities o, generate_series(1, 4000) i where tenant_id = $1`,
    [lin.tenantId],
  );
  await service.admin.query("analyze opportunities");
  const { rows } = await service.admin.query(
    `explain select stage_id, currency_code, count(*), sum(amount) from opportunities
     where stage_type = 'OPEN' and pipeline_id = '${pipelineId}' and tenant_id = '${lin.tenantId}'
     group by stage_id, currency_code`,
  );
  expect(JSON.stringify(rows)).toMatch(/opportunities_open/);
  expect((await summarize(lin)).totalCount).toBe(201);
});
