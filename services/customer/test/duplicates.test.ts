import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  type DuplicatePair,
  type DuplicateScan,
  DuplicatePair_State as PairState,
  DuplicateScan_State as State,
} from "@guanxi/contract/guanxi/customer/v1/duplicate";
import {
  CancelDuplicateScanRequest,
  DismissDuplicateRequest,
  DuplicateServiceService as rpc,
  GetDuplicateScanRequest,
  ListDuplicatePairsRequest,
  ListDuplicateScansRequest,
  StartDuplicateScanRequest,
} from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { email } from "./builders.ts";
import { archive, create, define, read, update } from "./calls.ts";
import { agreementOf, csvOf, goldAbsent, goldBook, goldIsHere } from "./gold.ts";
import { counts, importing } from "./imports.ts";
import { customerService } from "./service.ts";

const service = customerService();

const start = (user: TestUser) =>
  user.call(rpc.startDuplicateScan, StartDuplicateScanRequest.fromPartial({}));
const getScan = (user: TestUser, duplicateScanId: string) =>
  user.call(rpc.getDuplicateScan, GetDuplicateScanRequest.fromPartial({ duplicateScanId }));
const cancel = (user: TestUser, { duplicateScanId }: DuplicateScan) =>
  user.call(rpc.cancelDuplicateScan, CancelDuplicateScanRequest.fromPartial({ duplicateScanId }));
const pairsOf = async (user: TestUser, request: Partial<ListDuplicatePairsRequest> = {}) =>
  (await user.call(rpc.listDuplicatePairs, ListDuplicatePairsRequest.fromPartial(request))).duplicatePairs;
const dismiss = (user: TestUser, { duplicatePairId }: DuplicatePair, reason = "father and son", etag = "") =>
  user.call(rpc.dismissDuplicate, DismissDuplicateRequest.fromPartial({ duplicatePairId, reason, etag }));

async function over(user: TestUser, duplicateScanId: string): Promise<DuplicateScan> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(20)) {
    const it = await getScan(user, duplicateScanId);
    if (it.state !== State.RUNNING) return it;
  }
  throw new Error(`the scan ${duplicateScanId} does not end`);
}
const scanned = async (user: TestUser) => over(user, (await start(user)).duplicateScanId);

/** Two records of one person among others. */
async function bookOf(user: TestUser) {
  const lin = { displayName: "林晓", birthDate: { year: 1990, month: 3, day: 12 } };
  const first = await create(user, { ...lin, contactPoints: [email("lin@example.com")] });
  const second = await create(user, { ...lin, contactPoints: [email("lin@example.com")] });
  for (const [index, displayName] of ["王磊", "陈静", "赵敏", "张伟"].entries())
    await create(user, { displayName, birthDate: { year: 1970 + index, month: 1 + index, day: 5 } });
  return { first, second };
}

test("R009 the whole book is looked through: two records of one person, with score, bits and words", async () => {
  const user = await service.user();
  const { first, second } = await bookOf(user);
  const scan = await scanned(user);
  expect(scan).toMatchObject({
    state: State.COMPLETED,
    error: "",
    customerCount: 6,
    keptCount: 1,
    newCount: 1,
  });
  expect(scan).toMatchObject({
    seenCount: 0,
    dismissedCount: 0,
    goneCount: 0,
    clusterCount: 1,
    leftOutCount: 0n,
  });
  const [pair] = await pairsOf(user);
  const [low, high] = [first.customerId, second.customerId].sort();
  expect(pair).toMatchObject({
    customerId: low,
    otherCustomerId: high,
    clusterCustomerId: low,
    stale: false,
  });
  expect(pair!.score).toBeGreaterThan(95);
  const sum = pair!.evidence.reduce((bits, one) => bits + one.bits, pair!.priorBits);
  expect(sum).toBeCloseTo(pair!.bits, 6);
  expect(pair!.score).toBe(Math.min(99, Math.round(100 / (1 + 2 ** -pair!.bits))));
  expect(pair!.evidence.map(({ field, level }) => `${field} ${level}`)).toEqual([
    "given_name same",
    "family_name same",
    "birth_date same",
    "email same",
  ]);
  expect(pair!.evidence[3]!.words).toMatch(/^The e-mail addresses are the same; 2 customers/);
  const other = await service.user();
  expect(await pairsOf(other)).toEqual([]);
});

test("R009 a dismissed pair stays away until somebody changes one of the two", async () => {
  const user = await service.user();
  const { first } = await bookOf(user);
  await scanned(user);
  const [pair] = await pairsOf(user);
  await expect(dismiss(user, pair!, "two", "99")).rejects.toMatchObject({ reason: "ETAG_MISMATCH" });
  const dismissed = await dismiss(user, pair!);
  expect(dismissed).toMatchObject({ state: PairState.DISMISSED, dismissReason: "father and son" });
  expect(dismissed.dismissedBy).toBe(user.userId);
  expect(await dismiss(user, pair!, "again")).toEqual(dismissed);
  expect(await pairsOf(user)).toEqual([]);
  expect(await pairsOf(user, { includeDismissed: true })).toHaveLength(1);

  expect(await scanned(user)).toMatchObject({ keptCount: 1, newCount: 0, dismissedCount: 1 });
  expect(await pairsOf(user)).toEqual([]);

  const contactPoints = [email("lin@example.com"), email("lin@home.example.com")];
  await update(user, await read(user, first.customerId), { contactPoints });
  const [stale] = await pairsOf(user, { includeDismissed: true });
  expect(stale!.stale).toBe(true);
  expect(await scanned(user)).toMatchObject({ keptCount: 1, newCount: 1, dismissedCount: 0 });
  expect(await pairsOf(user)).toMatchObject([{ state: PairState.OPEN, dismissReason: "", stale: false }]);
  const said = (await service.events(user.tenantId))
    .map(({ type }) => type)
    .filter((type) => type.startsWith("Dup"));
  expect(said).toEqual(["DuplicateDismissed", "DuplicateReopened"]);
});

test("R009 a pair of which one is archived is not listed, and one that is alike no more is gone", async () => {
  const user = await service.user();
  const { first, second } = await bookOf(user);
  await scanned(user);
  await archive(user, second.customerId);
  expect(await pairsOf(user)).toEqual([]);
  expect(await scanned(user)).toMatchObject({ customerCount: 5, keptCount: 0, goneCount: 1 });
  expect(await read(user, first.customerId)).toMatchObject({ displayName: "林晓" });
});

test("R009 of two scans at once one is refused; a cancelled one ends, and the next begins", async () => {
  const user = await service.user();
  await bookOf(user);
  const tries = await Promise.allSettled([start(user), start(user)]);
  const begun = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
  const refused = tries.flatMap((each) => (each.status === "rejected" ? [each.reason as unknown] : []));
  expect(begun).toHaveLength(1);
  expect(refused).toMatchObject([{ reason: "SCAN_RUNNING" }]);
  const last = await cancel(user, begun[0]!);
  expect(last.state).toBe(State.CANCELLED);
  expect(await scanned(user)).toMatchObject({ state: State.COMPLETED, keptCount: 1 });
  expect(await cancel(user, last)).toEqual(last);
  expect((await getScan(user, last.duplicateScanId)).state).toBe(State.CANCELLED);
  const { duplicateScans } = await user.call(
    rpc.listDuplicateScans,
    ListDuplicateScansRequest.fromPartial({}),
  );
  expect(duplicateScans.map(({ state }) => state)).toEqual([State.COMPLETED, State.CANCELLED]);
});

test("R009 a scan that a dead process has left is done again with the same counts", async () => {
  const user = await service.user();
  await bookOf(user);
  const before = await scanned(user);
  const key = [user.tenantId, before.duplicateScanId];
  await service.admin.query(
    "update duplicate_scans set state = 'RUNNING' where tenant_id = $1 and duplicate_scan_id = $2",
    key,
  );
  await service.admin.query(
    // The row of the job that has just ended may still be there.
    `insert into jobs (tenant_id, job_id, name, subject_id) values ($1, $3, 'duplicate_scan', $2)
     on conflict (tenant_id, name, subject_id) do update set job_id = excluded.job_id, due_time = now()`,
    [...key, randomUUID()],
  );
  const { etag: _, endTime: __, ...again } = await over(user, before.duplicateScanId);
  expect(again).toEqual({ ...again, ...withoutEnd(before) });
  expect(await pairsOf(user)).toHaveLength(1);
});

const withoutEnd = ({ etag: _etag, endTime: _endTime, ...scan }: DuplicateScan) => scan;

test.runIf(goldIsHere)(
  `R009 a file with duplicates: imported, scanned, and compared with who is who${goldAbsent}`,
  async () => {
    const user = await service.user();
    const book = goldBook("febrl1");
    await define(user, { key: "soc_sec_id", type: 1, labels: { en: "Social security number" } });
    const taken = await importing(service).take(user, "customer", csvOf(book));
    expect(counts(taken)).toEqual([1000, 1000, 0, 0, 0]);
    const scan = await scanned(user);
    expect(scan).toMatchObject({ state: State.COMPLETED, customerCount: 1000, leftOutCount: 0n });
    expect(scan.newCount + scan.seenCount + scan.dismissedCount).toBe(scan.keptCount);

    const found: DuplicatePair[] = [];
    for (let pageToken = ""; ; ) {
      const request = ListDuplicatePairsRequest.fromPartial({
        pageSize: 200,
        pageToken,
        filter: "score >= 50",
      });
      const page = await user.call(rpc.listDuplicatePairs, request);
      found.push(...page.duplicatePairs);
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    expect(found).toHaveLength(scan.keptCount);
    expect(found.map(({ score }) => score)).toEqual(
      found.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    const idOf = await recordIds(user);
    const { precision, f1 } = agreementOf(
      book,
      found.map((pair) => [idOf.get(pair.customerId)!, idOf.get(pair.otherCustomerId)!]),
    );
    expect(precision).toBeGreaterThan(0.99);
    expect(f1).toBeGreaterThan(0.99);
  },
  60_000,
);

/** By customer, the id of its record in the file. */
async function recordIds({ tenantId }: TestUser): Promise<Map<string, string>> {
  const text =
    "select customer_id, key from customer_keys where tenant_id = $1 and kind = 'external_ids.crm'";
  const { rows } = await service.admin.query<{ customer_id: string; key: string }>(text, [tenantId]);
  return new Map(rows.map(({ customer_id: id, key }) => [id, key]));
}
