import { randomUUID } from "node:crypto";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { Product_State } from "@guanxi/contract/guanxi/sales/v1/product";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  addProduct,
  createPipeline,
  listProducts,
  move,
  open,
  pipelineRpc,
  pipelinesOf,
  productRpc,
  read,
  updatePipeline,
  updateProduct,
  yuan,
} from "./calls.ts";
import { startIdentityTeller } from "./identity-teller.ts";
import { salesService } from "./service.ts";

const service = salesService();
let identity: Awaited<ReturnType<typeof startIdentityTeller>>;
beforeAll(async () => {
  identity = await startIdentityTeller(service);
});
afterAll(() => identity.stop());

const stage = (stageId: string, type: Stage_Type, defaultProbability: number) => ({
  stageId,
  displayName: stageId.toUpperCase(),
  type,
  defaultProbability,
});
const stages = [
  stage("talk", Stage_Type.OPEN, 30),
  stage("yes", Stage_Type.WON, 100),
  stage("no", Stage_Type.LOST, 0),
];

test("a company has its pipeline from the beginning, and only one, however often identity tells of it", async () => {
  const tenantId = randomUUID();
  await identity.found(tenantId);
  await identity.settled();
  const lin = await service.user({ tenantId });
  const [pipeline, ...others] = await pipelinesOf(lin);
  expect(pipeline).toMatchObject({ displayName: "Sales", default: true });
  expect(others).toEqual([]);
  await service.restart();
  await open(lin);
  expect(await pipelinesOf(lin)).toEqual([pipeline]);
});

test("a second pipeline becomes the default, and the first no longer is", async () => {
  const lin = await service.user();
  const before = await open(lin);
  const made = await createPipeline(lin, { displayName: "渠道", stages, default: true });
  expect(await lin.call(pipelineRpc.getPipeline, { pipelineId: made.pipelineId })).toEqual(made);
  const all = await pipelinesOf(lin);
  expect(all.map(({ displayName, default: main }) => [displayName, main])).toEqual([
    ["Sales", false],
    ["渠道", true],
  ]);
  expect(await open(lin)).toMatchObject({ pipelineId: made.pipelineId, stageId: "talk", probability: 30 });
  expect(await open(lin, { pipelineId: before.pipelineId })).toMatchObject({ stageId: "prospecting" });
  await expect(move(lin, before.opportunityId, "talk")).rejects.toMatchObject({ reason: "ILLEGAL_MOVE" });
  const first = all.find(({ default: main }) => !main)!;
  await updatePipeline(lin, first, { default: true }, ["default"]);
  expect((await pipelinesOf(lin)).map(({ default: main }) => main)).toEqual([true, false]);
});

test("R103 a changed default rewrites no deal; a stage in use stays", async () => {
  const lin = await service.user();
  const deal = await open(lin, { amount: yuan(100) });
  const [pipeline] = await pipelinesOf(lin);
  const raised = pipeline!.stages.map((each) =>
    each.type === Stage_Type.OPEN ? { ...each, defaultProbability: 60 } : each,
  );
  const changed = await updatePipeline(lin, pipeline!, { stages: raised });
  expect(await read(lin, deal.opportunityId)).toEqual(deal);
  expect(await move(lin, deal.opportunityId, "proposal")).toMatchObject({ probability: 60 });
  const without = changed.stages.filter(({ stageId }) => stageId !== "proposal");
  await expect(updatePipeline(lin, changed, { stages: without })).rejects.toMatchObject({
    code: "FAILED_PRECONDITION",
    reason: "STAGE_IN_USE",
  });
  await expect(updatePipeline(lin, pipeline!, { stages })).rejects.toMatchObject({ reason: "ETAG_MISMATCH" });
});

test("a stage that goes while somebody enters it stays, or nobody is in it", async () => {
  const lin = await service.user();
  const deals = [await open(lin), await open(lin), await open(lin)];
  const [pipeline] = await pipelinesOf(lin);
  const without = pipeline!.stages.filter(({ stageId }) => stageId !== "negotiation");
  await Promise.allSettled([
    ...deals.map(({ opportunityId }) => move(lin, opportunityId, "negotiation")),
    updatePipeline(lin, pipeline!, { stages: without }),
  ]);
  const [after] = await pipelinesOf(lin);
  const known = after!.stages.map(({ stageId }) => stageId);
  for (const { opportunityId } of deals) expect(known).toContain((await read(lin, opportunityId)).stageId);
});

test("a pipeline needs a stage of each type", async () => {
  const lin = await service.user();
  await expect(
    createPipeline(lin, {
      displayName: "x",
      stages: [stages[0], stages[1], stage("maybe", Stage_Type.OPEN, 5)],
    }),
  ).rejects.toMatchObject({ code: "INVALID_ARGUMENT", violations: [{ field: "pipeline.stages" }] });
});

test("a product is added, found, changed, archived and restored, each with its event", async () => {
  const lin = await service.user();
  const made = await addProduct(lin, { category: "GTX", unitCost: yuan(3000) });
  expect(await lin.call(productRpc.getProduct, { productId: made.productId })).toEqual(made);
  expect((await listProducts(lin, { filter: "category == 'GTX'" })).products).toEqual([made]);
  const dearer = await updateProduct(lin, made, { listPrice: yuan(5000) });
  expect(dearer).toMatchObject({ listPrice: yuan(5000), unitCost: yuan(3000), etag: "2" });
  const verb = { productId: made.productId, etag: "", requestId: "", reason: "停产" };
  const archived = await lin.call(productRpc.archiveProduct, verb);
  expect(archived).toMatchObject({ state: Product_State.ARCHIVED });
  expect(await lin.call(productRpc.archiveProduct, verb)).toEqual(archived);
  expect(await lin.call(productRpc.restoreProduct, verb)).toMatchObject({ state: Product_State.ACTIVE });
  expect((await service.events(lin.tenantId)).map(({ type }) => type)).toEqual([
    "ProductAdded",
    "ProductChanged",
    "ProductArchived",
    "ProductRestored",
  ]);
});

test("a code and an external id belong to one product", async () => {
  const lin = await service.user();
  const externalIds = [{ system: "erp", id: "7" }];
  const made = await addProduct(lin, { externalIds });
  for (const product of [{}, { productCode: "OTHER", externalIds }])
    await expect(addProduct(lin, product)).rejects.toMatchObject({
      code: "ALREADY_EXISTS",
      reason: "PRODUCT_EXISTS",
      violations: [expect.objectContaining({ description: `belongs to product ${made.productId}` })],
    });
  expect(await addProduct(lin, { productCode: "gtx-pro" })).toMatchObject({ productCode: "gtx-pro" });
});

test("products are listed page by page by code, name and time", async () => {
  const lin = await service.user();
  for (let index = 0; index < 7; index += 1)
    await addProduct(lin, { productCode: `P${index}`, displayName: `N${index % 3}` });
  for (const orderBy of ["", "display_name", "create_time desc"]) {
    const seen: string[] = [];
    let pageToken = "";
    do {
      const page = await listProducts(lin, { orderBy, pageSize: 2, pageToken });
      seen.push(...page.products.map(({ productCode }) => productCode));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(seen.toSorted(), orderBy).toEqual(["P0", "P1", "P2", "P3", "P4", "P5", "P6"]);
  }
});
