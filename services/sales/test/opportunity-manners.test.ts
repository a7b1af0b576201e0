// What holds for opportunities as for every record: references, masks, etags, rights, pages, conditions, repeated requests.
import { randomUUID } from "node:crypto";
import { GetOpportunityRequest } from "@guanxi/contract/guanxi/sales/v1/opportunity_service";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import type { TestUser } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addProduct, day, list, move, open, opportunityRpc, read, update, win, yuan } from "./calls.ts";
import { startCustomerTeller } from "./customer-teller.ts";
import { salesService } from "./service.ts";

const service = salesService();
let customer: Awaited<ReturnType<typeof startCustomerTeller>>;
beforeAll(async () => {
  customer = await startCustomerTeller(service);
});
afterAll(() => customer.stop());

const nobody = randomUUID();
const names = async (user: TestUser, filter: string, orderBy = "") =>
  (await list(user, { filter, orderBy })).opportunities.map(({ displayName }) => displayName);

test("customer, product, owner and pipeline are those that are known here", async () => {
  const lin = await service.user();
  const [firm] = await customer.register(lin.tenantId, [{ displayName: "北京华新", externalIds: [] }]);
  await customer.settled();
  const product = await addProduct(lin);
  const made = await open(lin, { customerId: firm!.customerId, productIds: [product.productId] });
  expect(made).toMatchObject({ customerId: firm!.customerId, productIds: [product.productId] });
  const said = (await service.events(lin.tenantId)).find(({ type }) => type === "OpportunityOpened");
  expect(said!.meta.customerId).toBe(firm!.customerId);
  for (const [wrong, reason] of [
    [{ customerId: nobody }, "UNKNOWN_CUSTOMER"],
    [{ productIds: [product.productId, nobody] }, "UNKNOWN_PRODUCT"],
    [{ ownerId: nobody }, "UNKNOWN_OWNER"],
    [{ pipelineId: nobody }, "UNKNOWN_PIPELINE"],
    [{ stageId: "nowhere" }, "UNKNOWN_STAGE"],
  ] as const)
    await expect(open(lin, wrong)).rejects.toMatchObject({ code: "INVALID_ARGUMENT", reason });
  await expect(update(lin, made, { customerId: nobody })).rejects.toMatchObject({
    reason: "UNKNOWN_CUSTOMER",
  });
});

test("an amount in another currency than the last is taken, one without currency or with seven decimals is not", async () => {
  const lin = await service.user();
  const made = await open(lin, { amount: yuan(5) });
  const euros = { currencyCode: "EUR", units: 4n, nanos: 500_000_000 };
  expect(await update(lin, made, { amount: euros })).toMatchObject({
    amount: euros,
    weightedAmount: { currencyCode: "EUR", units: 0n, nanos: 450_000_000 },
  });
  for (const amount of [{ units: 1n }, { ...euros, nanos: 1 }, { ...euros, units: -1n, nanos: 0 }])
    await expect(open(lin, { amount })).rejects.toMatchObject({
      code: "INVALID_ARGUMENT",
      violations: [expect.objectContaining({ field: "opportunity.amount" })],
    });
});

test("an update changes what the mask names, needs the etag, and says nothing where nothing changed", async () => {
  const lin = await service.user();
  const made = await open(lin, { amount: yuan(5), nextStep: "报价" });
  const renamed = await update(lin, made, { displayName: "三百套座椅", nextStep: "" }, ["display_name"]);
  expect(renamed).toMatchObject({ displayName: "三百套座椅", nextStep: "报价", etag: "2" });
  expect(await update(lin, renamed, { displayName: "三百套座椅" })).toEqual(renamed);
  await expect(update(lin, made, { displayName: "x" })).rejects.toMatchObject({ reason: "ETAG_MISMATCH" });
  for (const path of ["stage_id", "owner_id", "weighted_amount", "source", "nonsense"])
    await expect(
      update(lin, renamed, { stageId: "proposal", ownerId: nobody, source: { detail: "x" } }, [path]),
    ).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  expect(
    (await service.events(lin.tenantId)).filter(({ type }) => type === "OpportunityChanged"),
  ).toHaveLength(1);
});

test("of two who win it at once one has won it", async () => {
  const lin = await service.user();
  const { opportunityId, etag } = await open(lin, { amount: yuan(5) });
  const answers = await Promise.allSettled(
    [1, 2].map((units) => win(lin, opportunityId, { amount: yuan(units), etag })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect((await service.events(lin.tenantId)).filter(({ type }) => type === "OpportunityWon")).toHaveLength(
    1,
  );
});

test("the same request twice opens one", async () => {
  const lin = await service.user();
  const requestId = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => open(lin, {}, requestId)));
  expect(new Set(answers.map(({ opportunityId }) => opportunityId)).size).toBe(1);
  expect((await list(lin)).opportunities).toHaveLength(1);
});

test("who opens the first ones at once has one pipeline", async () => {
  const lin = await service.user();
  const all = await Promise.all(Array.from({ length: 10 }, () => open(lin)));
  expect(new Set(all.map(({ pipelineId }) => pipelineId)).size).toBe(1);
  expect((await service.events(lin.tenantId)).filter(({ type }) => type === "PipelineCreated")).toHaveLength(
    1,
  );
});

test("an external id belongs to one opportunity", async () => {
  const lin = await service.user();
  const externalIds = [{ system: "hubspot", id: "42" }];
  const made = await open(lin, { externalIds });
  await expect(open(lin, { externalIds })).rejects.toMatchObject({
    code: "ALREADY_EXISTS",
    reason: "OPPORTUNITY_EXISTS",
    violations: [expect.objectContaining({ description: `belongs to opportunity ${made.opportunityId}` })],
  });
  await expect(open(lin, { externalIds: [...externalIds, ...externalIds] })).rejects.toMatchObject({
    code: "INVALID_ARGUMENT",
  });
  const freed = await update(lin, made, { externalIds: [] }, ["external_ids"]);
  expect(freed.externalIds).toEqual([]);
  expect(await open(lin, { externalIds })).toMatchObject({ externalIds });
});

test("conditions ask for amounts as decimals, for ids, days, stages and products", async () => {
  const lin = await service.user();
  const product = await addProduct(lin);
  await open(lin, { displayName: "a", amount: yuan(100, 500_000_000), expectedCloseDate: day("2026-05-01") });
  await open(lin, { displayName: "b", amount: yuan(200), productIds: [product.productId] });
  const c = await open(lin, { displayName: "c" });
  await move(lin, c.opportunityId, "proposal");
  expect(await names(lin, "amount >= 100.5")).toEqual(["a", "b"]);
  expect(await names(lin, "amount > 100.5 && currency_code == 'CNY'")).toEqual(["b"]);
  expect(await names(lin, "!has(amount)")).toEqual(["c"]);
  expect(await names(lin, "stage_id == 'proposal' && stage_type == 'OPEN'")).toEqual(["c"]);
  expect(await names(lin, "expected_close_date < '2026-06-01'")).toEqual(["a"]);
  expect(await names(lin, `'${product.productId}' in product_ids`)).toEqual(["b"]);
  expect(await names(lin, `owner_id == '${lin.userId}' && pipeline_id == '${c.pipelineId}'`)).toEqual([
    "a",
    "b",
    "c",
  ]);
  expect(await names(lin, "probability == 50")).toEqual(["c"]);
  await expect(names(lin, "shoe_size > 3")).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("pages follow without gap or repeat in every order, what has no amount first and what has no day last", async () => {
  const lin = await service.user();
  for (let index = 0; index < 11; index += 1)
    await open(lin, {
      displayName: String(index),
      ...(index % 3 && { amount: yuan(index % 4) }),
      ...(index % 2 && { expectedCloseDate: day(`2026-05-0${1 + (index % 3)}`) }),
    });
  for (const orderBy of [
    "",
    "create_time desc",
    "update_time",
    "expected_close_date",
    "amount",
    "amount desc",
  ]) {
    const seen: string[] = [];
    let pageToken = "";
    do {
      const page = await list(lin, { orderBy, pageSize: 3, pageToken });
      seen.push(...page.opportunities.map(({ opportunityId }) => opportunityId));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(new Set(seen).size, orderBy).toBe(11);
    expect(seen, orderBy).toEqual(
      (await list(lin, { orderBy })).opportunities.map((each) => each.opportunityId),
    );
  }
  const amounts = (await list(lin, { orderBy: "amount" })).opportunities.map(
    ({ amount }) => amount?.units ?? -1n,
  );
  expect(amounts).toEqual(amounts.toSorted((a, b) => Number(a - b)));
  await expect(list(lin, { orderBy: "probability" })).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
});

test("without a right nothing is read or changed, and another company's is not there", async () => {
  const lin = await service.user();
  const { opportunityId } = await open(lin, { amount: yuan(5) });
  const reader = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "opportunity", action: "read" }],
  });
  const nobodyYet = await service.user({ tenantId: lin.tenantId, grants: [] });
  const stranger = await service.user();
  expect(await read(reader, opportunityId)).toMatchObject({ opportunityId, stageType: Stage_Type.OPEN });
  await expect(win(reader, opportunityId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(read(nobodyYet, opportunityId)).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  await expect(read(stranger, opportunityId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(win(stranger, opportunityId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(
    service.call(opportunityRpc.getOpportunity, GetOpportunityRequest.fromPartial({ opportunityId })),
  ).rejects.toMatchObject({
    code: "UNAUTHENTICATED",
  });
});

test("it is given to another user, who may sign in", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId });
  const { opportunityId } = await open(lin);
  const give = (ownerId: string) =>
    lin.call(opportunityRpc.changeOpportunityOwner, {
      opportunityId,
      etag: "",
      requestId: "",
      ownerId,
      reason: "休假",
    });
  expect(await give(chen.userId)).toMatchObject({ ownerId: chen.userId, etag: "2" });
  expect(await give(chen.userId)).toMatchObject({ etag: "2" });
  await expect(give(nobody)).rejects.toMatchObject({ reason: "UNKNOWN_OWNER" });
  expect((await service.events(lin.tenantId)).at(-1)).toMatchObject({
    type: "OpportunityOwnerChanged",
    message: { reason: "休假" },
    previous: { ownerId: lin.userId },
  });
});
