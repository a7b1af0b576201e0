import { Product, Product_State } from "@guanxi/contract/guanxi/sales/v1/product";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { namesOf } from "@guanxi/kit/enum-names";
import { externalKeys, type Key } from "../external-ids.ts";
import { present } from "./present.ts";
import type { ProductState } from "./product.ts";

const productTable = new EntitySchema<ProductState>({
  name: "product",
  tableName: "products",
  columns: {
    productId: { name: "product_id", type: "uuid", primary: true },
    productCode: { name: "product_code", type: "text" },
    displayName: { name: "display_name", type: "text" },
    nameKey: { name: "name_key", type: "text" },
    category: { type: "text", nullable: true },
    listPrice: { name: "list_price", type: "bigint", nullable: true },
    unitCost: { name: "unit_cost", type: "bigint", nullable: true },
    currencyCode: { name: "currency_code", type: "text", nullable: true },
    state: { type: "text" },
    externalIds: { name: "external_ids", type: "jsonb" },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // a bigint is a BigInt in the state
});

const CODE = "product_code";

const keysOf = (product: ProductState): Key[] => [
  { kind: CODE, key: product.productCode },
  ...externalKeys(product.externalIds),
];

export const products = table({
  entity: productTable,
  message: Product,
  present,
  sides: [
    side<ProductState>("product_keys", { kind: "text", key: "text" }, (product) =>
      keysOf(product).map(({ kind, key }) => ({ kind, key })),
    ),
  ],
  violations: {
    opportunity_values_product_fkey: () =>
      refuse("precondition", "PRODUCT_IN_USE", "Opportunities are about this product."),
    product_keys_pkey: () =>
      refuse("exists", "PRODUCT_EXISTS", "Another product has been given the same code or id meanwhile."),
  },
});

export const productFields = catalogue<ProductState>({ id: "product_id", side: "" }, [
  {
    name: "product_code",
    type: "text",
    stored: { column: "product_code" },
    read: ({ productCode }) => productCode,
  },
  {
    name: "display_name",
    type: "text",
    stored: { column: "display_name" },
    read: ({ displayName }) => displayName,
  },
  { name: "category", type: "text", stored: { column: "category" }, read: ({ category }) => category },
  {
    name: "state",
    type: "enum",
    stored: { column: "state" },
    read: ({ state }) => state,
    values: namesOf(Product_State),
  },
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** Refuses what another product has already, and says which. */
export async function requireFree(at: At, product: ProductState): Promise<void> {
  const keys = keysOf(product);
  const rows = await named<Key & { productId: string }>(at, {
    name: "products taken",
    text: `
select k.kind, k.product_id as "productId"
from unnest($1::text[], $2::text[]) as i (kind, key) join product_keys k on k.kind = i.kind and k.key = i.key
where k.product_id <> $3::uuid`,
    values: [keys.map(({ kind }) => kind), keys.map(({ key }) => key), product.productId],
  });
  if (rows.length === 0) return;
  const violations = rows.map(({ kind, productId }) => ({
    field: `product.${kind === CODE ? CODE : "external_ids"}`,
    description: `belongs to product ${productId}`,
    reason: "TAKEN",
  }));
  throw refuse("exists", "PRODUCT_EXISTS", `This is product ${rows[0]!.productId}.`, violations);
}

/** Which of these are products, by their code or by what a system calls them (see externalKind). */
export async function byKeys(at: At, kind: string, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await named<{ key: string; productId: string }>(at, {
    name: "products by keys",
    text: `
select k.key, k.product_id as "productId" from product_keys k where k.kind = $1 and k.key = any($2::text[])`,
    values: [kind, keys],
  });
  return new Map(rows.map(({ key, productId }) => [key, productId]));
}

export const byCodes = (at: At, codes: readonly string[]) => byKeys(at, CODE, codes);
