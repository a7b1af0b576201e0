import type { At, Principal } from "@guanxi/kit/at";
import { where } from "@guanxi/kit/list";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { copy, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { Merge } from "./merge.ts";

/** The row. `before` and `merged` tell who somebody is: the erasure of a customer takes its merges along. */
export interface MergeState extends Merge {
  readonly reason: string;
  readonly actor: Principal;
  readonly createTime: Date;
  readonly undoTime: Date | null;
  readonly undoActor: Principal | null;
  readonly undoReason: string;
  readonly version: number;
}

const mergeTable = new EntitySchema<MergeState>({
  name: "merge",
  tableName: "customer_merges",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    mergeId: { name: "merge_id", type: "uuid", primary: true },
    survivorId: { name: "survivor_id", type: "uuid" },
    survivorVersion: { name: "survivor_version", type: "int" },
    absorbed: { type: "jsonb" },
    picks: { type: "jsonb" },
    before: { type: "jsonb" },
    merged: { type: "jsonb" },
    reason: { type: "text" },
    actor: { type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    undoTime: { name: "undo_time", type: "timestamptz", nullable: true },
    undoActor: { name: "undo_actor", type: "jsonb", nullable: true },
    undoReason: { name: "undo_reason", type: "text" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const merges = table({ entity: mergeTable });

/** Without an event: the customers tell of it. Nobody else writes here, for whoever merges has the tenant's merges to themselves. */
export function keepMerges(at: At, changed: readonly MergeState[]): void {
  copy(
    at,
    merges,
    changed.map((merge) => ({ ...merge, version: merge.version + 1 })),
  );
}

export function keepNew(at: At, merge: Merge, reason: string): MergeState {
  const undone = { undoTime: null, undoActor: null, undoReason: "" };
  const kept = { ...merge, reason, actor: at.principal, createTime: at.now, ...undone, version: 0 };
  keepMerges(at, [kept]);
  keepParts(at, kept);
  return kept;
}

/** In whose merges a customer is found, whatever became of them. */
function keepParts(at: At, { mergeId, survivorId, absorbed }: Merge): void {
  const customerIds = [survivorId, ...absorbed.map(({ customerId }) => customerId)];
  at.tell({
    name: "customer merge parts insert",
    text: `
insert into customer_merge_parts (customer_id, merge_id) select * from unnest($1::uuid[], $2::uuid[])`,
    values: [customerIds, customerIds.map(() => mergeId)],
    rows: true,
  });
}

/** The merges in force by which these have absorbed others. */
export const mergesInForce = (at: At, survivorIds: readonly string[]) =>
  named<{ mergeId: string }>(at, {
    name: "customer merges in force",
    text: `
select merge_id as "mergeId" from customer_merges where survivor_id = any($1::uuid[]) and undo_time is null`,
    values: [survivorIds],
  });

export const mergeFields = catalogue<MergeState>({ id: "merge_id", side: "" }, [
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

export const withPart = (customerId: string) =>
  where(
    "merge_id in (select p.merge_id from customer_merge_parts p where p.customer_id = ?::uuid)",
    customerId,
  );

export interface Holding {
  readonly customerId: string;
  readonly contactCount: number;
  readonly orderCount: number;
  readonly openOrderCount: number;
  readonly openOpportunityCount: number;
  readonly openCaseCount: number;
  readonly interactionCount365d: number;
}

/** What hangs on each, as far as it is known here. */
export const holdingsOf = (at: At, customerIds: readonly string[]) =>
  named<Holding>(at, {
    name: "customer holdings",
    text: `
select i.customer_id as "customerId",
  (select count(distinct a.contact_id)::int from contact_affiliations a where a.customer_id = i.customer_id) as "contactCount",
  coalesce(f.order_count, 0) as "orderCount", coalesce(f.open_order_count, 0) as "openOrderCount",
  coalesce(f.open_opportunity_count, 0) as "openOpportunityCount", coalesce(f.open_case_count, 0) as "openCaseCount",
  coalesce(f.interactions_365d, 0) as "interactionCount365d"
from unnest($1::uuid[]) as i (customer_id) left join customer_facts f on f.customer_id = i.customer_id`,
    values: [customerIds],
  });
