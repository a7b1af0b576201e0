import { Opportunity_LostReason as LostReason } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { ForecastCategory, Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { expect, test } from "vitest";
import { list, lose, move, open, pipelinesOf, read, reopen, win, yuan } from "./calls.ts";
import { salesService } from "./service.ts";

const service = salesService();

test("R103 a new opportunity stands in the first stage of the default pipeline, with its probability, and is told of", async () => {
  const lin = await service.user();
  const made = await open(lin, { amount: yuan(1000) });
  const [pipeline] = await pipelinesOf(lin);
  expect(pipeline).toMatchObject({ displayName: "Sales", default: true, etag: "1" });
  expect(pipeline!.stages.map(({ defaultProbability }) => defaultProbability)).toEqual([
    10, 20, 30, 50, 75, 100, 0,
  ]);
  expect(made).toMatchObject({
    stageId: "prospecting",
    stageType: Stage_Type.OPEN,
    pipelineId: pipeline!.pipelineId,
    ownerId: lin.userId,
    probability: 10,
    weightedAmount: yuan(100),
    forecastCategory: ForecastCategory.PIPELINE,
    stageEntries: [{ stageId: "prospecting", userId: lin.userId }],
    etag: "1",
  });
  expect(await read(lin, made.opportunityId)).toEqual(made);
  expect((await list(lin)).opportunities).toEqual([made]);
  expect((await service.events(lin.tenantId)).map(({ type }) => type)).toEqual([
    "PipelineCreated",
    "OpportunityOpened",
  ]);
});

test("R103 a move sets the stage's probability, adds to the way, and is told of; an illegal one is refused", async () => {
  const lin = await service.user();
  const { opportunityId } = await open(lin, { amount: yuan(1000) });
  const moved = await move(lin, opportunityId, "proposal");
  expect(moved).toMatchObject({ stageId: "proposal", probability: 50, weightedAmount: yuan(500), etag: "2" });
  expect(moved.stageEntries.map(({ stageId }) => stageId)).toEqual(["prospecting", "proposal"]);
  expect(await move(lin, opportunityId, "proposal")).toEqual(moved);
  for (const stageId of ["closed_won", "closed_lost", "nowhere"])
    await expect(move(lin, opportunityId, stageId)).rejects.toMatchObject({
      code: "FAILED_PRECONDITION",
      reason: "ILLEGAL_MOVE",
    });
  const events = await service.events(lin.tenantId);
  expect(events.at(-1)).toMatchObject({
    type: "OpportunityStageChanged",
    previous: { stageId: "prospecting" },
  });
  expect(events).toHaveLength(3);
});

test("R103 won, lost and reopened", async () => {
  const lin = await service.user();
  const { opportunityId } = await open(lin, {});
  await expect(win(lin, opportunityId)).rejects.toMatchObject({ reason: "AMOUNT_MISSING" });
  const won = await win(lin, opportunityId, { amount: yuan(900) });
  expect(won).toMatchObject({ stageType: Stage_Type.WON, probability: 100, weightedAmount: yuan(900) });
  expect(won.closeDate).toBeDefined();
  await expect(move(lin, opportunityId, "proposal")).rejects.toMatchObject({ reason: "OPPORTUNITY_CLOSED" });
  const again = await reopen(lin, opportunityId, { reason: "退货" });
  expect(again).toMatchObject({ stageId: "prospecting", closeDate: undefined, probability: 10 });
  const lost = await lose(lin, opportunityId, { lostReason: LostReason.PRICING });
  expect(lost).toMatchObject({ stageType: Stage_Type.LOST, probability: 0, lostReason: LostReason.PRICING });
});
