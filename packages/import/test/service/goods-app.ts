// A service that takes files: products, one for each row, and sets of products, one for all rows of a name.
import {
  ImportServiceService,
  type ImportServiceServer,
} from "@guanxi/contract/guanxi/sales/v1/import_service";
import { Product, Product_State } from "@guanxi/contract/guanxi/sales/v1/product";
import {
  ProductAdded,
  ProductChanged,
  ProductRemoved,
} from "@guanxi/contract/guanxi/sales/v1/product_events";
import { app } from "@guanxi/bus/app";
import type { At } from "@guanxi/kit/at";
import type { State } from "@guanxi/kit/columns";
import { implement } from "@guanxi/kit/edge";
import { etagOf } from "@guanxi/kit/etag";
import { secure } from "@guanxi/kit/ground";
import { refuse } from "@guanxi/kit/refuse";
import { side } from "@guanxi/kit/side";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema, type QueryRunner } from "typeorm";
import { importKind, type Planned, type Unit } from "../../src/service/kind.ts";
import { importMigration, similarRowsMigration } from "../../src/service/migration.ts";
import { importService } from "../../src/service/import-service.ts";

interface ProductState extends State {
  readonly productId: string;
  readonly productCode: string;
  readonly displayName: string;
  readonly category: string;
  readonly listPriceMicros: bigint | null;
  readonly parts: readonly string[];
  readonly externalId: string | null;
  readonly createTime: Date;
  readonly updateTime: Date;
}

const products = table<ProductState, Product>({
  entity: new EntitySchema<ProductState>({
    name: "product",
    tableName: "products",
    columns: {
      tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
      productId: { name: "product_id", type: "uuid", primary: true },
      productCode: { name: "product_code", type: "text" },
      displayName: { name: "display_name", type: "text" },
      category: { type: "text" },
      listPriceMicros: { name: "list_price_micros", type: "bigint", nullable: true },
      parts: { type: "jsonb" },
      externalId: { name: "external_id", type: "text", nullable: true },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    } as never,
  }),
  message: Product,
  present: (it) =>
    Product.fromPartial({
      productId: it.productId,
      productCode: it.productCode,
      displayName: it.displayName,
      category: it.category,
      ...(it.listPriceMicros !== null && {
        listPrice: { currencyCode: "CNY", units: it.listPriceMicros / 1_000_000n },
      }),
      state: Product_State.ACTIVE,
      externalIds: it.parts.map((id) => ({ system: "part", id })),
      createTime: it.createTime,
      updateTime: it.updateTime,
      etag: etagOf(it),
    }),
  sides: [
    side("product_words", { word: "text" }, ({ displayName }) =>
      [...new Set(displayName.split(" "))].map((word) => ({ word })),
    ),
  ],
  violations: {
    products_code_key: () => refuse("exists", "PRODUCT_EXISTS", "There is a product with this code."),
  },
});

const events = { created: ProductAdded, changed: ProductChanged, removed: ProductRemoved };

const idsBy = async (at: At, column: string, keys: readonly string[]) => {
  const rows = await named<{ key: string; id: string }>(at, {
    name: `products by ${column}`,
    text: `select ${column} as key, product_id as id from products where ${column} = any($1::text[])`,
    values: [keys],
  });
  return new Map(rows.map(({ key, id }) => [key, id]));
};

const fresh = (at: At): ProductState => ({
  productId: at.newId(),
  productCode: "",
  displayName: "",
  category: "",
  listPriceMicros: null,
  parts: [],
  externalId: null,
  createTime: at.now,
  updateTime: at.now,
  version: 0,
});

/** How long a batch takes to plan at least: so that a test can come in between. */
export const pace = { ms: 0 };

function product(at: At, { rows: [row], before = fresh(at) }: Unit<ProductState>): Planned<ProductState> {
  const text = (field: string) => row!.values.get(field) as string | undefined;
  const category = text("category") ?? "";
  if (category === "unknown")
    return {
      fault: { field: "category", reason: "UNKNOWN_REFERENCE", message: "There is no such category." },
    };
  return {
    state: {
      ...before,
      productCode: text("product_code")!,
      displayName: text("display_name")!,
      category,
      listPriceMicros: (row!.values.get("list_price") as bigint | undefined) ?? null,
      externalId: text("external_id") ?? null,
      updateTime: at.now,
    },
  };
}

const productKind = importKind<ProductState>({
  name: "product",
  resource: "product",
  key: ["external_id"],
  table: products,
  events,
  fields: async () => [
    { name: "external_id", kind: "text", headers: ["ID"] },
    { name: "product_code", kind: "text", headers: ["Code", "货号"], required: true },
    { name: "display_name", kind: "text", headers: ["Name", "名称"], required: true },
    { name: "category", kind: "text", headers: ["Category"] },
    { name: "list_price", kind: "money", headers: ["Price", "价格"], action: "price" },
  ],
  derived: ["category"],
  known: (at, _, keys) => idsBy(at, "external_id", keys),
  async plan(at, units) {
    if (pace.ms > 0) await at.ask({ text: "select pg_sleep($1)", values: [pace.ms / 1000] });
    return units.map((unit) => product(at, unit));
  },
});

const setKind = importKind<ProductState>({
  name: "set",
  resource: "product",
  key: ["set"],
  grouped: true,
  table: products,
  events,
  fields: async () => [
    { name: "set", kind: "text", headers: ["Set"], required: true },
    { name: "part", kind: "text", headers: ["Part"], required: true },
    { name: "count", kind: "number", headers: ["Count"] },
  ],
  known: (at, _, keys) => idsBy(at, "product_code", keys),
  plan: async (at, units) =>
    units.map(({ key, rows, before, continues }) => {
      const parts = rows.map(({ values }) => values.get("part") as string);
      const all = continues > 0 && before ? [...before.parts, ...parts] : parts;
      return {
        state: {
          ...(before ?? fresh(at)),
          productCode: key,
          displayName: key,
          parts: all,
          updateTime: at.now,
        },
      };
    }),
});

class Products1700000000001 {
  name = "Products1700000000001";
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
create table products (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  product_code text collate "C" not null,
  display_name text not null,
  category text not null,
  list_price_micros bigint,
  parts jsonb not null,
  external_id text collate "C",
  create_time timestamptz(3) not null,
  update_time timestamptz(3) not null,
  version int not null,
  primary key (tenant_id, product_id),
  constraint products_code_key unique (tenant_id, product_code)
);
create index products_by_external_id on products (tenant_id, external_id);
${secure("products", "goods")}
create table product_words (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  word text collate "C" not null,
  primary key (tenant_id, product_id, word)
);
${secure("product_words", "goods")}
-- What hinders that a product is removed.
create table stocks (
  tenant_id uuid not null default tenant(),
  product_id uuid not null,
  primary key (tenant_id, product_id),
  foreign key (tenant_id, product_id) references products
);
${secure("stocks", "goods")}`);
  }
  async down(): Promise<void> {}
}

const { handlers, jobs } = importService([productKind, setKind]);

export const goodsApp = app({
  name: "goods",
  settings: {},
  migrations: [
    Products1700000000001,
    importMigration("goods", 1700000000002),
    similarRowsMigration(1700000000003),
  ],
  readers: [],
  jobs,
  open: () => ({ services: [implement<ImportServiceServer>(ImportServiceService, handlers)] }),
});
