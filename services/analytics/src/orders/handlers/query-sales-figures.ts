import {
  type QuerySalesFiguresRequest,
  QuerySalesFiguresRequest_Dimension as Dimension,
  type QuerySalesFiguresResponse,
  type SalesFigure,
} from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { Order_Kind } from "@guanxi/contract/guanxi/sales/v1/order";
import { type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { query } from "@guanxi/kit/handler";
import { dateOrNone } from "@guanxi/kit/days";
import { decimalOf, moneyOf } from "@guanxi/kit/micros";
import { periodOf, refuseTooMany } from "../../figures.ts";
import { readable } from "../../labels.ts";
import { asOf, SALES_MARKS } from "../../marks.ts";
import { conditions, having } from "../../rows-filter.ts";
import { soldStatuses } from "../order-fact.ts";
import { SALES_DIMENSIONS } from "../sales-dimensions.ts";
import { customersBehind, salesFiguresOf, type SalesQuestion, type SoldRow } from "../sales-figures.ts";

export const querySalesFigures = query<QuerySalesFiguresRequest, QuerySalesFiguresResponse>(
  async ({ groupBy, customerId, countCustomers, ...asked }, at) => {
    const by = groupBy.flatMap((dimension) => SALES_DIMENSIONS[dimension] ?? []);
    const question = { by, period: periodOf(asked), customerId };
    const [mark, rows, customersOf] = await Promise.all([
      asOf(at, SALES_MARKS),
      salesFiguresOf(at, question),
      countCustomers ? customersBehind(at, question) : undefined,
    ]);
    refuseTooMany(rows);
    const labelsOf = readable(groupBy.indexOf(Dimension.CUSTOMER), at);
    return {
      rows: rows.map((row) => ({
        ...present(question, row),
        labels: labelsOf(row.labels),
        customerCount: customersOf?.(row),
      })),
      ...mark,
    };
  },
);

const IS_SOLD = `status in ${JSON.stringify(soldStatuses)}`;

function rowsFilter({ by, period, customerId }: SalesQuestion, row: SoldRow): string {
  if (by.some(({ condition }) => !condition)) return "";
  return conditions([
    IS_SOLD,
    period.from ? `order_date >= "${period.from}"` : "",
    period.until ? `order_date < "${period.until}"` : "",
    customerId && having("customer_id", customerId),
    ...by.map(({ columns, condition }) => condition!(row[columns[0]!] as string | null)),
    having("currency_code", row.currencyCode),
  ]);
}

function present(question: SalesQuestion, row: SoldRow): Omit<SalesFigure, "labels" | "customerCount"> {
  const money = (micros: bigint) => moneyOf(micros, row.currencyCode);
  return {
    ...groupsOf(row),
    currencyCode: row.currencyCode,
    orderCount: row.orderCount,
    lineCount: row.lineCount,
    quantity: decimalOf(row.quantityMicros),
    listAmount: money(row.listMicros),
    discountAmount: money(row.discountMicros),
    netAmount: money(row.netMicros),
    costAmount: money(row.costMicros),
    marginAmount: money(row.marginMicros),
    linesWithoutCost: row.linesWithoutCost,
    ordersWithoutCustomer: row.ordersWithoutCustomer,
    rowsFilter: rowsFilter(question, row),
  };
}

function groupsOf(row: SoldRow) {
  const text = (column: string) => (row[column] as string | null | undefined) ?? "";
  return {
    day: dateOrNone(text("day") || null),
    month: text("month"),
    customerId: text("customer_id"),
    productId: text("product_id"),
    productCode: text("product_code"),
    ownerId: text("owner_id"),
    region: text("region"),
    kind: numberOf(Order_Kind, (text("kind") || null) as NameOf<typeof Order_Kind> | null),
  };
}
