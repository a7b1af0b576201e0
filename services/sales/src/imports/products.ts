import { Product } from "@guanxi/contract/guanxi/sales/v1/product";
import {
  ProductAdded,
  ProductChanged,
  ProductRemoved,
} from "@guanxi/contract/guanxi/sales/v1/product_events";
import {
  type Field,
  type ImportRun,
  importKind,
  type TypedRow,
  type Unit,
} from "@guanxi/import/service/kind";
import { planned, rowFault } from "@guanxi/import/service/planned";
import { microsIn, textIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { isCurrency, moneyOrNone } from "../amounts.ts";
import { withExternalId } from "../external-ids.ts";
import { present } from "../products/present.ts";
import { add, change, type ProductState } from "../products/product.ts";
import { byCodes, products } from "../products/products.ts";

const FIELDS: readonly Field[] = [
  {
    name: "product_code",
    kind: "text",
    required: true,
    // A list with nothing but names calls its products by them.
    headers: [
      "SKU",
      "Item",
      "Item No",
      "Item Number",
      "Article",
      "Article Number",
      "Part Number",
      "Product",
      "Product ID",
      "Product SKU",
      "Variant SKU",
      "StockCode",
      "产品编码",
      "产品编号",
      "商品编码",
      "商品编号",
      "货号",
      "物料编码",
    ],
  },
  {
    name: "display_name",
    kind: "text",
    headers: [
      "Name",
      "Product Name",
      "Item Name",
      "Title",
      "Description",
      "Product Description",
      "产品名称",
      "商品名称",
      "品名",
      "名称",
    ],
  },
  {
    name: "category",
    kind: "text",
    headers: [
      "Series",
      "Family",
      "Product Family",
      "Product Category",
      "Group",
      "Type",
      "产品系列",
      "分类",
      "类别",
      "系列",
    ],
  },
  {
    name: "list_price",
    kind: "money",
    headers: [
      "Price",
      "Unit Price",
      "Sales Price",
      "Selling Price",
      "List Price",
      "单价",
      "价格",
      "售价",
      "标价",
    ],
  },
  {
    name: "unit_cost",
    kind: "money",
    headers: ["Cost", "Cost of goods sold", "Cost Price", "成本", "成本价", "单位成本"],
  },
  { name: "currency_code", kind: "text", headers: ["Currency", "Currency ISO Code", "币种", "货币"] },
  { name: "external_id", kind: "text", headers: ["Record ID", "Id", "外部编号"] },
];

/** The code names a product in every system: a price list finds again what an order had brought. */
export const productKind = importKind<ProductState>({
  name: "product",
  resource: "product",
  fields: async () => FIELDS,
  key: ["product_code"],
  table: products,
  events: { created: ProductAdded, changed: ProductChanged, removed: ProductRemoved },
  known: (at, _system, keys) => byCodes(at, keys),
  plan: async (at, units, run) =>
    units.map((unit) =>
      planned(
        () => productOf(at, unit, run),
        (path) => FIELD_OF[path.split(/[.[]/)[1] ?? ""],
      ),
    ),
});

const FIELD_OF: Record<string, string> = {
  product_code: "product_code",
  display_name: "display_name",
  category: "category",
  list_price: "list_price",
  unit_cost: "unit_cost",
  external_ids: "external_id",
};

function productOf(at: At, { rows: [row], before }: Unit<ProductState>, run: ImportRun): ProductState {
  const sent = at.check(
    Product,
    sentProduct(row!, before && present(before), run, at.currencyCode),
    "product",
  );
  return before ? change(before, sent, at.now) : add(sent, at.newId(), at.now);
}

/** What the file does not speak of stays as it was. */
function sentProduct(row: TypedRow, before: Product | undefined, run: ImportRun, currency: string): Product {
  const code = textIn(row, "product_code");
  const base = before ?? Product.fromPartial({ productCode: code, displayName: code });
  const said = (field: string) => run.mapped.has(field);
  const currencyCode = currencyOf(row, currency);
  const money = (field: string) => moneyOrNone(microsIn(row, field), currencyCode);
  return {
    ...base,
    ...(said("display_name") && { displayName: textIn(row, "display_name") || code }),
    ...(said("category") && { category: textIn(row, "category") }),
    ...(said("list_price") && { listPrice: money("list_price") }),
    ...(said("unit_cost") && { unitCost: money("unit_cost") }),
    externalIds: withExternalId(base.externalIds, run.sourceSystem, textIn(row, "external_id")),
  };
}

/** The tenant's currency where the file names none. */
export function currencyOf(row: TypedRow, currency: string): string {
  const said = textIn(row, "currency_code").toUpperCase();
  if (said === "" || isCurrency(said)) return said || currency;
  throw rowFault("currency_code", "UNKNOWN_CURRENCY", `${said} is no currency of ISO 4217, as CNY is.`);
}
