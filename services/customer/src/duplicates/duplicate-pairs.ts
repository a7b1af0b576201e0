import {
  DuplicatePair,
  DuplicatePair_State as PairState,
} from "@guanxi/contract/guanxi/customer/v1/duplicate";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { find, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { customers } from "../customers/customers.ts";
import { comparedOf } from "./compared.ts";
import { type DuplicatePairState, presentPair } from "./duplicate-pair.ts";
import { fingerprintOf } from "./fingerprint.ts";

const pairTable = new EntitySchema<DuplicatePairState>({
  name: "duplicate_pair",
  tableName: "duplicate_pairs",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    duplicatePairId: { name: "duplicate_pair_id", type: "uuid", primary: true },
    customerId: { name: "customer_id", type: "uuid" },
    otherCustomerId: { name: "other_customer_id", type: "uuid" },
    fingerprint: { type: "text" },
    otherFingerprint: { name: "other_fingerprint", type: "text" },
    score: { type: "int" },
    bits: { type: "double precision" },
    priorBits: { name: "prior_bits", type: "double precision" },
    evidence: { type: "jsonb" },
    clusterCustomerId: { name: "cluster_customer_id", type: "uuid", nullable: true },
    state: { type: "text" },
    dismissReason: { name: "dismiss_reason", type: "text" },
    dismissedBy: { name: "dismissed_by", type: "text" },
    dismissTime: { name: "dismiss_time", type: "timestamptz", nullable: true },
    duplicateScanId: { name: "duplicate_scan_id", type: "uuid" },
    openingScanId: { name: "opening_scan_id", type: "uuid" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

/** A scan copies what it finds, which follows from the customers; what people say of a pair is recorded. */
export const duplicatePairs = table({
  entity: pairTable,
  message: DuplicatePair,
  present: (pair) => presentPair(pair),
});

const field = (
  name: string,
  type: Field["type"],
  read: (pair: DuplicatePairState) => unknown,
  more: Partial<Field<DuplicatePairState>> = {},
): Field<DuplicatePairState> => ({ name, type, stored: { column: name }, read, ...more });

export const pairFields = catalogue<DuplicatePairState>({ id: "duplicate_pair_id", side: "" }, [
  field("score", "int", ({ score }) => score),
  field("state", "enum", ({ state }) => state, { values: namesOf(PairState) }),
  field("customer_id", "id", ({ customerId }) => customerId),
  field("other_customer_id", "id", ({ otherCustomerId }) => otherCustomerId),
  field("cluster_customer_id", "id", ({ clusterCustomerId }) => clusterCustomerId),
  field("duplicate_scan_id", "id", ({ duplicateScanId }) => duplicateScanId),
  field("update_time", "time", ({ updateTime }) => updateTime),
]);

/** Of a merged or archived customer nobody needs to be told any more. */
export const bothActive = where(`(select count(*) from customers c
  where c.customer_id in (duplicate_pairs.customer_id, duplicate_pairs.other_customer_id) and c.state = 'ACTIVE') = 2`);

export const undismissed = where("state = 'OPEN'");

/** Which of the pairs are about customers that have become something else. */
export async function staleAmong(at: At, pairs: readonly DuplicatePairState[]): Promise<Set<string>> {
  const ids = pairs.flatMap(({ customerId, otherCustomerId }) => [customerId, otherCustomerId]);
  const found = await find(at, customers, [...new Set(ids)]);
  const now = new Map(found.map((customer) => [customer.customerId, fingerprintOf(comparedOf(customer))]));
  const isStale = (pair: DuplicatePairState) =>
    now.get(pair.customerId) !== pair.fingerprint || now.get(pair.otherCustomerId) !== pair.otherFingerprint;
  return new Set(pairs.filter(isStale).map(({ duplicatePairId }) => duplicatePairId));
}

const FEW = 1000;

/** Takes out of the list what a scan has not found again, some at a time; answers how many there were. */
export async function dropUnseen(at: At, duplicateScanId: string): Promise<number> {
  const rows = await named(at, {
    name: "duplicate_pairs drop unseen",
    text: `delete from duplicate_pairs where duplicate_pair_id in (
        select duplicate_pair_id from duplicate_pairs
        where duplicate_scan_id <> $1 and state = 'OPEN' limit ${FEW})
      returning duplicate_pair_id`,
    values: [duplicateScanId],
  });
  return rows.length;
}
