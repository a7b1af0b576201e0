// Who looks after a customer, and how deep the relation goes.
import { onState, projection } from "@guanxi/bus/reaction";
import {
  Affiliation_Role as Role,
  Affiliation_Seniority as Seniority,
} from "@guanxi/contract/guanxi/customer/v1/contact";
import {
  ContactServiceService,
  CreateContactRequest,
} from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { Customer, RelationshipLevel as Level } from "@guanxi/contract/guanxi/customer/v1/customer";
import { HandOver_State as State } from "@guanxi/contract/guanxi/customer/v1/hand_over";
import {
  HandOverServiceService,
  ListHandOversRequest,
  StartHandOverRequest,
} from "@guanxi/contract/guanxi/customer/v1/hand_over_service";
import { PoolServiceService } from "@guanxi/contract/guanxi/customer/v1/pool_service";
import {
  Agreement_Kind as Kind,
  Relationship,
  Relationship_Bargaining as Bargaining,
  Relationship_ContactLevel as ContactLevel,
  Relationship_Degree as Degree,
  Relationship_InformationSharing as Sharing,
} from "@guanxi/contract/guanxi/customer/v1/relationship";
import {
  ListRelationshipCostsRequest,
  ListRelationshipHistoryRequest,
  RecordRelationshipCostRequest,
  RelationshipServiceService as relationRpc,
  UpdateRelationshipPolicyRequest,
  UpdateRelationshipRequest,
} from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import {
  UpdateWinBackPolicyRequest,
  WinBackServiceService,
} from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import type { Codec } from "@guanxi/kit/codec";
import { addDays, dateOf } from "@guanxi/kit/days";
import { MICROS, moneyOf } from "@guanxi/kit/micros";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { create, createFirm, list, read, update } from "./calls.ts";
import {
  claim,
  giveTo,
  historyOf,
  jump,
  order,
  raiseTo,
  today,
  writeLifecyclePolicy,
  writePoolPolicy,
} from "./lifecycle-calls.ts";
import { merge, unmerge } from "./merge-calls.ts";
import { checked } from "./segment-calls.ts";
import { customerService } from "./service.ts";

const service = customerService();
let sales: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  sales = await startTeller(service, "sales");
});
afterAll(() => sales.stop());
afterEach(() => vi.useRealTimers());

const colleaguesOf = ({ tenantId }: TestUser, count: number) =>
  Promise.all(Array.from({ length: count }, () => service.user({ tenantId })));
const typesOf = async ({ tenantId }: TestUser, pattern: RegExp) =>
  (await service.events(tenantId)).map(({ type }) => type).filter((type) => pattern.test(type));
const reasonsOf = (claims: PromiseSettledResult<unknown>[]) =>
  claims.flatMap((one) => (one.status === "rejected" ? [(one.reason as { reason: string }).reason] : []));

test("of 100 who claim a customer of the public pool at once exactly one gets it", async () => {
  const lin = await service.user();
  const colleagues = await colleaguesOf(lin, 100);
  await writePoolPolicy(service, lin, { maxOwnedCustomers: 10, coolDownDays: 1 });
  const { customerId } = await create(lin);
  const claims = await Promise.allSettled(colleagues.map((colleague) => claim(colleague, customerId)));
  expect(reasonsOf(claims)).toEqual(Array<string>(99).fill("CUSTOMER_OWNED"));
  const { ownerId, etag } = await read(lin, customerId);
  expect(claims.findIndex(({ status }) => status === "fulfilled")).toBe(
    colleagues.findIndex(({ userId }) => userId === ownerId),
  );
  const winner = colleagues.find(({ userId }) => userId === ownerId)!;
  expect(await claim(winner, customerId)).toMatchObject({ etag });
  expect(await typesOf(lin, /CustomerClaimed/)).toHaveLength(1);
});

test("of 100 customers that one claims at once the quota lets through 10, and of a day as many as it says", async () => {
  const lin = await service.user();
  const customers = await Promise.all(Array.from({ length: 100 }, () => create(lin)));
  await writePoolPolicy(service, lin, { maxOwnedCustomers: 10 });
  const claims = await Promise.allSettled(customers.map(({ customerId }) => claim(lin, customerId)));
  expect(reasonsOf(claims)).toEqual(Array<string>(90).fill("POOL_QUOTA_REACHED"));
  const owned = await list(lin, { filter: `owner_id == "${lin.userId}"` });
  expect(owned.customers).toHaveLength(10);
  expect((await list(lin, { filter: "!has(owner_id)", pageSize: 200 })).customers).toHaveLength(90);

  const [wang] = await colleaguesOf(lin, 1);
  await writePoolPolicy(service, lin, { maxClaimsPerDay: 2 }, ["max_owned_customers", "max_claims_per_day"]);
  const free = customers.filter((_, index) => claims[index]!.status === "rejected");
  await claim(wang!, free[0]!.customerId);
  await giveTo(lin, free[0]!.customerId, "");
  await claim(wang!, free[1]!.customerId);
  await expect(claim(wang!, free[2]!.customerId)).rejects.toMatchObject({ reason: "POOL_QUOTA_REACHED" });
  const standing = await wang!.call(PoolServiceService.getPoolStanding, { customerId: free[2]!.customerId });
  expect(standing).toMatchObject({ ownerId: "", claimsLeftToday: 0, placesLeft: -1 });
});

test("a customer goes back to the pool at the instant of the rule, once, and its former owner has to wait", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  await writePoolPolicy(service, lin, { recycleWithoutContactDays: 10, protectionDays: 12, coolDownDays: 5 });
  const { ownerSinceTime } = await claim(lin, customerId);
  await checked(service, lin.tenantId);
  const safe = new Date(ownerSinceTime!.getTime() + 12 * 86_400_000);
  const standing = await lin.call(PoolServiceService.getPoolStanding, { customerId });
  expect(standing).toMatchObject({ recycleTime: safe, protectedUntilTime: safe, rule: "no_contact" });
  const early = await jump(service, lin.tenantId, new Date(safe.getTime() - 2_000));
  expect(await read(early, customerId)).toMatchObject({ ownerId: lin.userId });
  const later = await jump(service, lin.tenantId, new Date(safe.getTime() + 1_000));
  expect(await read(later, customerId)).toMatchObject({ ownerId: "" });
  const much = await jump(service, lin.tenantId, new Date(safe.getTime() + 86_400_000));
  const recycled = (await service.events(lin.tenantId)).filter(({ type }) => type === "CustomerRecycled");
  expect(recycled).toMatchObject([{ message: { formerOwnerId: lin.userId } }]);
  expect(recycled[0]!.message.reason).toMatch(/^no_contact: no contact for 10 days, since /);
  expect((await historyOf(much, customerId, "owner_id")).map(([, to]) => to)).toEqual([lin.userId, ""]);

  const token = await service.keys.sign(lin.userId, { tenant_id: lin.tenantId, name: "Lin" });
  const again = { ...much, userId: lin.userId, token };
  const asLin: TestUser = { ...again, call: (rpc, request) => service.call(rpc, request, token) };
  await expect(claim(asLin, customerId)).rejects.toMatchObject({ reason: "COOLING_DOWN" });
  await claim(much, customerId);
});

test("R017 a leaver's customers go to others in turn, each with its event, however the work is broken off", async () => {
  const lin = await service.user();
  const [leaver, ...takers] = await colleaguesOf(lin, 4);
  const made = await Promise.all(Array.from({ length: 130 }, () => create(lin, { ownerId: leaver!.userId })));
  const ids = made.map(({ customerId }) => customerId).sort();
  await checked(service, lin.tenantId);
  const { admin: holder } = service;
  await holder.query("begin");
  await holder.query("select from customers where customer_id = $1 for update", [ids[0]]);

  const handOver = {
    fromUserId: leaver!.userId,
    toUserIds: takers.map(({ userId }) => userId),
    reason: "moves on",
  };
  const start = (more: object) =>
    lin.call(
      HandOverServiceService.startHandOver,
      StartHandOverRequest.fromPartial({ handOver: { ...handOver, ...more } }),
    );
  await expect(start({ toUserIds: [leaver!.userId] })).rejects.toMatchObject({ reason: "INVALID_REQUEST" });
  const { handOverId } = await start({});
  await broken(holder); // the first batch waits for the customer that is held, and is ended there
  await giveTo(lin, ids[120]!, lin.userId);
  await holder.query("rollback");
  await handedOver(lin);

  const done = await lin.call(HandOverServiceService.getHandOver, { handOverId });
  expect(done).toMatchObject({
    state: State.COMPLETED,
    customerCount: 130n,
    handedOverCount: 129n,
    skippedCount: 1n,
  });
  const changes = (await service.events(lin.tenantId)).filter(
    ({ type, message }) => type === "OwnerChanged" && message.handOverId === handOverId,
  );
  const owners = new Map(changes.map(({ meta, state }) => [meta.aggregateId, state.ownerId]));
  expect(changes).toHaveLength(129);
  expect(changes[0]).toMatchObject({ message: { reason: "moves on" }, meta: { actor: { id: lin.userId } } });
  expect(ids.map((id) => owners.get(id))).toEqual(
    ids.map((_, turn) => (turn === 120 ? undefined : takers[turn % 3]!.userId)),
  );
  expect(await typesOf(lin, /^HandOver/)).toEqual(["HandOverStarted", "HandOverCompleted"]);
  expect((await list(lin, { filter: `owner_id == "${leaver!.userId}"` })).customers).toEqual([]);
  const { handOvers } = await lin.call(
    HandOverServiceService.listHandOvers,
    ListHandOversRequest.fromPartial({ filter: 'state == "COMPLETED"' }),
  );
  expect(handOvers).toEqual([done]);
});

/** Ends the connection that waits for what is held, as a crash would. */
async function broken(holder: typeof service.admin): Promise<void> {
  const kill = `select pg_terminate_backend(pid) from pg_stat_activity
    where pg_backend_pid() = any(pg_blocking_pids(pid))`;
  do {
    await pause(5);
    await holder.query("select pg_stat_clear_snapshot()"); // a transaction sees the others as it first saw them
  } while ((await holder.query(kill)).rowCount === 0);
}

/** Also what failed and is tried again soon. */
async function handedOver({ tenantId }: TestUser): Promise<void> {
  const open = "select from jobs where tenant_id = $1 and name = 'hand over'";
  while ((await service.admin.query(open, [tenantId])).rowCount) await pause(5);
}

const relate = async (user: TestUser, customerId: string, relationship: object) => {
  const { etag } = await user.call(relationRpc.getRelationship, { customerId });
  return user.call(
    relationRpc.updateRelationship,
    UpdateRelationshipRequest.fromPartial({
      relationship: { ...relationship, customerId },
      etag,
      reason: "talks",
    }),
  );
};
const assess = (user: TestUser, customerId: string) =>
  user.call(relationRpc.assessRelationship, { customerId });
const person = (user: TestUser, customerId: string, seniority: Seniority) =>
  user.call(
    ContactServiceService.createContact,
    CreateContactRequest.fromPartial({
      contact: {
        displayName: "王总",
        affiliations: [{ customerId, role: Role.DECISION_MAKER, seniority }],
      },
    }),
  );
const PARTNER = {
  contactLevel: ContactLevel.EXECUTIVE,
  informationSharing: Sharing.STRATEGIC,
  switchingCost: Degree.HIGH,
  mutualImportance: Degree.HIGH,
  bargaining: Bargaining.BALANCED,
  jointPlan: "a plant for both",
};

test("R045 R046 R047 R048 a relation is assessed by what is stated, and raised only with the criteria or by force", async () => {
  const lin = await service.user();
  const { customerId } = await createFirm(lin);
  expect(await assess(lin, customerId)).toMatchObject({ metLevel: Level.INTERMEDIARY, terms: undefined });
  const people = await Promise.all([1, 2].map(() => person(lin, customerId, Seniority.MANAGER)));
  const keyContactIds = people.map(({ contactId }) => contactId);
  await relate(lin, customerId, { keyContactIds, informationSharing: Sharing.SHARED });
  expect(await assess(lin, customerId)).toMatchObject({ metLevel: Level.PREFERRED });
  const { etag } = await lin.call(relationRpc.getRelationshipPolicy, {});
  const terms = [{ level: Level.PREFERRED, discountPercent: "3.5", deliveryPriority: 2 }];
  await lin.call(
    relationRpc.updateRelationshipPolicy,
    UpdateRelationshipPolicyRequest.fromPartial({ relationshipPolicy: { terms }, etag }),
  );
  await raiseTo(lin, customerId, Level.PREFERRED);
  expect(await assess(lin, customerId)).toMatchObject({
    terms: { discountPercent: "3.5", deliveryPriority: 2 },
  });

  await expect(raiseTo(lin, customerId, Level.PARTNER)).rejects.toMatchObject({
    reason: "CRITERIA_NOT_MET",
    message: expect.stringContaining("mutual_importance, balanced_bargaining, high_switching_cost") as string,
  });
  await raiseTo(lin, customerId, Level.PARTNER, { force: true });
  const raised = (await service.events(lin.tenantId)).filter(
    ({ type }) => type === "RelationshipLevelChanged",
  );
  expect(raised.at(-1)!.message).toMatchObject({ forced: true });
  expect(raised.at(-1)!.message.missingCriteria).toContain("balanced_bargaining");
  await relate(lin, customerId, PARTNER);
  expect(await assess(lin, customerId)).toMatchObject({ metLevel: Level.PARTNER });

  const formal = { agreement: { kind: Kind.FORMAL } };
  await expect(relate(lin, customerId, formal)).rejects.toMatchObject({ reason: "DOCUMENT_MISSING" });
  await relate(lin, customerId, { agreement: { kind: Kind.FORMAL, document: "contract 7" } });
  await raiseTo(lin, customerId, Level.STRATEGIC_ALLIANCE);
  const stranger = await person(lin, (await createFirm(lin)).customerId, Seniority.OWNER);
  await expect(relate(lin, customerId, { keyContactIds: [stranger.contactId] })).rejects.toMatchObject({
    reason: "UNKNOWN_CONTACT",
  });
});

test("R050 each attribute of a relation has the time since when it is so, and its history", async () => {
  const lin = await service.user();
  const { customerId } = await createFirm(lin);
  await relate(lin, customerId, { switchingCost: Degree.LOW });
  const after = await relate(lin, customerId, { switchingCost: Degree.HIGH, jointPlan: "one shop" });
  expect(after.attributeDates).toEqual([
    { field: "switching_cost", sinceTime: after.updateTime },
    { field: "joint_plan", sinceTime: after.updateTime },
  ]);
  const { entries } = await lin.call(
    relationRpc.listRelationshipHistory,
    ListRelationshipHistoryRequest.fromPartial({ customerId }),
  );
  const changes = entries.map(({ field, oldValue, newValue }) => [field, oldValue, newValue]);
  expect(changes.toSorted((one, other) => (one.join() < other.join() ? -1 : 1))).toEqual([
    ["joint_plan", "", "one shop"],
    ["switching_cost", "", "LOW"],
    ["switching_cost", "LOW", "HIGH"],
  ]);
  expect(entries[0]).toMatchObject({ reason: "talks", actor: { id: lin.userId } });
});

test("R049 a level that costs more than it brings is flagged once, with a lower one, until it pays again", async () => {
  const lin = await service.user();
  const { customerId } = await createFirm(lin, { relationshipLevel: Level.PREFERRED });
  const spend = async (yuan: bigint, day: string) => {
    const cost = { amount: moneyOf(yuan * MICROS, "CNY"), date: dateOf(day), minutes: 60, note: "dinner" };
    await lin.call(
      relationRpc.recordRelationshipCost,
      RecordRelationshipCostRequest.fromPartial({ customerId, cost }),
    );
    await checked(service, lin.tenantId);
  };
  await expect(spend(1n, addDays(today(), 2))).rejects.toMatchObject({ reason: "INVALID_REQUEST" });
  await spend(900n, addDays(today(), -400));
  expect(await assess(lin, customerId)).toMatchObject({ overInvested: false, minutes: 0 });
  await spend(300n, addDays(today(), -364));
  await spend(50n, today());
  expect(await assess(lin, customerId)).toMatchObject({
    overInvested: true,
    advisedLevel: Level.INTERMEDIARY,
    cost: { units: 350n },
    value: { units: 0n },
    minutes: 120,
  });
  const keeper = await service.user({
    tenantId: lin.tenantId,
    grants: [{ resource: "relationship", action: "read" }],
  });
  expect(await assess(keeper, customerId)).toMatchObject({
    ...{ overInvested: true, cost: { units: 350n }, value: undefined, neededRight: "order:read" },
  });
  expect(await lin.call(relationRpc.getRelationship, { customerId })).toMatchObject({
    overInvested: true,
    advisedLevel: Level.INTERMEDIARY,
  });
  await order(service, sales, lin, customerId, { yuan: 100n });
  expect(await typesOf(lin, /OverInvested|PaysAgain/)).toEqual(["RelationshipOverInvested"]);
  const { costs } = await lin.call(
    relationRpc.listRelationshipCosts,
    ListRelationshipCostsRequest.fromPartial({ customerId }),
  );
  expect(costs.map(({ amount }) => amount!.units)).toEqual([50n, 300n, 900n]);
  // Tomorrow the large cost is a year old, and what is left is less than the margin.
  const later = await jump(service, lin.tenantId, new Date(`${addDays(today(), 1)}T00:00:01+08:00`));
  expect(await later.call(relationRpc.getRelationship, { customerId })).toMatchObject({
    overInvested: false,
  });
  expect(await typesOf(lin, /OverInvested|PaysAgain/)).toEqual([
    "RelationshipOverInvested",
    "RelationshipPaysAgain",
  ]);
});

test("who follows customers and relations at once loses nothing of either, however often one of them changes", async () => {
  const lin = await service.user();
  const told: string[] = [];
  const follow = <M>(type: Codec<M>, say: (state: M) => string) =>
    onState(type, [], (changes, at) => {
      if (at.tenantId === lin.tenantId) told.push(...changes.map(({ state }) => say(state!)));
    });
  const both = projection("both", "customer", [
    follow(Customer, ({ displayName }) => displayName),
    follow(Relationship, ({ jointPlan }) => jointPlan),
  ]);
  const reader = await service.startReader(both);
  const { customerId, displayName } = await createFirm(lin);
  for (const jointPlan of ["1", "2", "3", "4", "5"]) await relate(lin, customerId, { jointPlan });
  await update(lin, await read(lin, customerId), { displayName: "晨光 II" });
  await expect.poll(() => told, { timeout: 10_000 }).toContain("晨光 II");
  await reader.stop();
  expect(told.at(-1)).toBe("晨光 II");
  expect(told).toEqual(expect.arrayContaining([displayName, "5"]));

  await service.settled();
  const archive = await service.archive();
  const newest = (await Array.fromAsync(archive.newest({ tenantId: lin.tenantId }))).flat();
  expect(newest.map(({ event }) => event.meta.aggregateType).toSorted()).toEqual([
    Customer.$type,
    Relationship.$type,
  ]);
  const { counts } = await archive.counts(lin.tenantId);
  expect(counts.find(({ aggregateType }) => aggregateType === Relationship.$type)).toMatchObject({
    count: 1n,
  });
});

test("the policies of a tenant are told of apart", async () => {
  const lin = await service.user();
  await writePoolPolicy(service, lin, { maxOwnedCustomers: 10 });
  await writeLifecyclePolicy(service, lin, { loyalCondition: "orders_365d >= 5" });
  const { etag } = await lin.call(relationRpc.getRelationshipPolicy, {});
  await lin.call(
    relationRpc.updateRelationshipPolicy,
    UpdateRelationshipPolicyRequest.fromPartial({ relationshipPolicy: { preferredKeyContacts: 3 }, etag }),
  );
  const policy = await lin.call(WinBackServiceService.getWinBackPolicy, {});
  const measures = policy.measures.slice(1);
  await lin.call(
    WinBackServiceService.updateWinBackPolicy,
    UpdateWinBackPolicyRequest.fromPartial({ winBackPolicy: { measures }, etag: policy.etag }),
  );
  const ids = (await service.events(lin.tenantId)).map(({ meta }) => meta.aggregateId);
  expect(ids).toHaveLength(4);
  expect(new Set(ids).size).toBe(4);
});

test("a merged customer keeps its relation, and what was spent on it is none of the survivor's", async () => {
  const lin = await service.user();
  const [survivor, absorbed] = await Promise.all([createFirm(lin), createFirm(lin)]);
  await relate(lin, absorbed.customerId, { jointPlan: "a plant for both" });
  const cost = { amount: moneyOf(MICROS, "CNY"), date: dateOf(today()), minutes: 60, note: "dinner" };
  const { relationshipId } = await lin.call(
    relationRpc.recordRelationshipCost,
    RecordRelationshipCostRequest.fromPartial({ customerId: absorbed.customerId, cost }),
  );
  const { mergeId } = await merge(lin, survivor.customerId, [absorbed.customerId]);
  expect(await assess(lin, absorbed.customerId)).toMatchObject({
    customerId: survivor.customerId,
    minutes: 0,
  });
  const there = await lin.call(relationRpc.getRelationship, { customerId: absorbed.customerId });
  expect(there).toMatchObject({ customerId: survivor.customerId, jointPlan: "" });
  await expect(relate(lin, absorbed.customerId, { jointPlan: "another" })).rejects.toMatchObject({
    reason: "CUSTOMER_MERGED",
  });
  await unmerge(lin, mergeId);
  expect(await assess(lin, absorbed.customerId)).toMatchObject({ minutes: 60 });
  const back = await lin.call(relationRpc.getRelationship, { customerId: absorbed.customerId });
  expect(back).toMatchObject({ relationshipId, jointPlan: "a plant for both" });
});
