import {
  Need,
  Need_Importance,
  Need_Status,
  NeedSource_Kind,
} from "@guanxi/contract/guanxi/service_desk/v1/need";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import type { NeedState } from "./need-state.ts";
import { versionSide } from "./need-versions.ts";
import { present } from "./present.ts";

export const needs = table({
  entity: new EntitySchema<NeedState>({
    name: "need",
    tableName: "needs",
    columns: {
      needId: { name: "need_id", type: "uuid", primary: true },
      statement: { type: "text" },
      customerId: { name: "customer_id", type: "uuid", nullable: true },
      contactId: { name: "contact_id", type: "uuid", nullable: true },
      productId: { name: "product_id", type: "uuid", nullable: true },
      opportunityId: { name: "opportunity_id", type: "uuid", nullable: true },
      caseId: { name: "case_id", type: "uuid", nullable: true },
      sourceKind: { name: "source_kind", type: "text" },
      sourceId: { name: "source_id", type: "text", nullable: true },
      sourceNote: { name: "source_note", type: "text" },
      sourceKey: { name: "source_key", type: "text", nullable: true },
      status: { type: "text" },
      statusSinceTime: { name: "status_since_time", type: "timestamptz" },
      importance: { type: "text" },
      custom: { type: "bool" },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      declineReason: { name: "decline_reason", type: "text" },
      satisfiedDate: { name: "satisfied_date", type: "date", nullable: true },
      toldTime: { name: "told_time", type: "timestamptz", nullable: true },
      reopenCount: { name: "reopen_count", type: "int" },
      identifyTime: { name: "identify_time", type: "timestamptz" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Need,
  present,
  customerOf: ({ customerId }) => customerId,
  sides: [versionSide],
});

/** What a condition over needs may name, as published at ListNeedsRequest.filter. */
export const needFields = catalogue<NeedState>({ id: "need_id", side: "" }, [
  column("status", "enum", ({ status }) => status, { values: namesOf(Need_Status) }),
  column("importance", "enum", ({ importance }) => importance, { values: namesOf(Need_Importance) }),
  column("source_kind", "enum", ({ sourceKind }) => sourceKind, { values: namesOf(NeedSource_Kind) }),
  column("source_id", "text", ({ sourceId }) => sourceId),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("contact_id", "id", ({ contactId }) => contactId),
  column("product_id", "id", ({ productId }) => productId),
  column("opportunity_id", "id", ({ opportunityId }) => opportunityId),
  column("case_id", "id", ({ caseId }) => caseId),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("custom", "bool", ({ custom }) => custom),
  column("satisfied_date", "date", ({ satisfiedDate }) => satisfiedDate),
  column("identify_time", "time", ({ identifyTime }) => identifyTime),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

/** Which of these have been written down. */
export async function knownSourceKeys(at: At, keys: readonly string[]): Promise<Set<string>> {
  const rows = await named<{ key: string }>(at, {
    name: "needs by source key",
    text: "select source_key as key from needs where source_key = any($1::text[])",
    values: [keys],
  });
  return new Set(rows.map(({ key }) => key));
}

/** The needs of a product; the product is null where they are about none, and without one it is all of them. */
export interface NeedSums {
  readonly productId: string | null;
  readonly isTotal: boolean;
  readonly needCount: number;
  readonly satisfiedCount: number;
  readonly declinedCount: number;
  readonly customerCount: number;
}

/** The product that the page before ended with, and how many needs it had. */
export interface SumKey {
  readonly needCount: number;
  readonly productId: string | null;
}

/** All of them, and then the products that most is needed of; those about no product stand behind products with as many. */
export const sumNeeds = (at: At, products: number, after?: SumKey): Promise<NeedSums[]> =>
  named<NeedSums>(at, {
    name: "needs sum",
    text: `
select product_id as "productId", grouping(product_id) = 1 as "isTotal", count(*)::int as "needCount",
  count(*) filter (where status = 'SATISFIED')::int as "satisfiedCount",
  count(*) filter (where status = 'DECLINED')::int as "declinedCount",
  count(distinct customer_id)::int as "customerCount"
from needs group by grouping sets ((), (product_id))
having grouping(product_id) = 1 or $2::int is null or count(*) < $2::int
  or count(*) = $2::int and $3::uuid is not null and (product_id > $3::uuid or product_id is null)
order by "isTotal" desc, "needCount" desc, product_id limit $1`,
    values: [products + 1, after?.needCount ?? null, after?.productId ?? null],
  });
