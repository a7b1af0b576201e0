import { Category } from "@guanxi/contract/guanxi/customer/v1/category_service";
import type { At } from "@guanxi/kit/at";
import { etagOf } from "@guanxi/kit/etag";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { type CategoryState, unknownCategory } from "./category.ts";

const categoryTable = new EntitySchema<CategoryState>({
  name: "category",
  tableName: "categories",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    categoryId: { name: "category_id", type: "uuid", primary: true },
    displayName: { name: "display_name", type: "text" },
    parentCategoryId: { name: "parent_category_id", type: "uuid", nullable: true },
    createTime: { name: "create_time", type: "timestamptz" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const presentCategory = ({ version, ...category }: CategoryState): Category => ({
  ...category,
  parentCategoryId: category.parentCategoryId ?? "",
  etag: etagOf({ version }),
});

export const categories = table({
  entity: categoryTable,
  message: Category,
  present: presentCategory,
  violations: { categories_parent_fkey: () => unknownCategory("category.parent_category_id") },
});

export const categoryFields = catalogue<CategoryState>({ id: "category_id", side: "category_values" }, [
  {
    name: "display_name",
    type: "text",
    stored: { column: "display_name" },
    read: ({ displayName }) => displayName,
  },
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** Changes happen one after the other: two moves at once could make a circle of two halves that are none. */
export async function holdTree(at: At): Promise<void> {
  at.claim("categories tree");
  await named(at, {
    name: "categories hold",
    text: "select pg_advisory_xact_lock(hashtextextended('categories ' || tenant()::text, 0))",
    values: [],
  });
}

/** A category and all above it. */
export async function lineOf(at: At, categoryId: string): Promise<string[]> {
  if (!categoryId) return [];
  const rows = await named(at, {
    name: "categories line",
    text: `
with recursive line as (
  select category_id, parent_category_id from categories where category_id = $1
  union all
  select c.category_id, c.parent_category_id from categories c join line l on c.category_id = l.parent_category_id)
select category_id as "categoryId" from line`,
    values: [categoryId],
  });
  return rows.map((row) => row.categoryId as string);
}

/** How many levels stand below a category. */
export async function heightOf(at: At, categoryId: string): Promise<number> {
  const rows = await named(at, {
    name: "categories height",
    text: `
with recursive below as (
  select category_id, 0 as height from categories where category_id = $1
  union all
  select c.category_id, b.height + 1 from categories c join below b on c.parent_category_id = b.category_id)
select max(height) as height from below`,
    values: [categoryId],
  });
  return (rows[0]?.height as number | null) ?? 0;
}
