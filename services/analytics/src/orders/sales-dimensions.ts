// What sales can be told apart by: where it stands, what it is called, and how a list of orders finds it again.
import { QuerySalesFiguresRequest_Dimension as Dimension } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { customerName, productName, userName } from "../labels.ts";
import { having } from "../rows-filter.ts";

export interface SalesDimension {
  /** By these columns rows are one; the first is what the label is of. */
  readonly columns: readonly string[];
  readonly label: string;
  /** Undefined where orders cannot be told apart by it. */
  readonly condition?: (value: string | null) => string;
}

const dimension = (column: string, label = `g.${column}`, field = column): SalesDimension => ({
  columns: [column],
  label,
  condition: (value) => having(field, value),
});

export const SALES_DIMENSIONS: Readonly<Partial<Record<Dimension, SalesDimension>>> = {
  [Dimension.DAY]: dimension("day", "g.day::text", "order_date"),
  [Dimension.MONTH]: dimension("month", "g.month", "order_month"),
  [Dimension.CUSTOMER]: dimension("customer_id", customerName("customer_id")),
  [Dimension.PRODUCT]: {
    columns: ["product_id", "product_code"],
    label: `coalesce(${productName("product_id")}, g.product_code)`,
  },
  [Dimension.AGENT]: dimension("owner_id", userName("owner_id")),
  [Dimension.REGION]: dimension("region"),
  [Dimension.KIND]: dimension("kind"),
};
