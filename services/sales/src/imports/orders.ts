// Files of order lines that become orders: the rows of one number are the lines of one order.
import { OrderChanged, OrderPlaced, OrderRemoved } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { type Field, type ImportRun, importKind, type Planned, type Unit } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { isCurrency } from "../amounts.ts";
import { namesOf } from "../enum-names.ts";
import { withExternalId } from "../external-ids.ts";
import { keepNumbers, takeNumbers } from "../orders/order-numbers.ts";
import { quantityOf, type StoredLine, totalsOf } from "../orders/order-lines.ts";
import type { OrderKind, OrderState, OrderStatus } from "../orders/order-state.ts";
import { orders, ordersByExternalId, ordersByNumber } from "../orders/orders.ts";
import { byCodes, products } from "../products/products.ts";
import { regionCodeOf } from "../regions.ts";
import { planned, rowFault } from "./faults.ts";
import { lineOf, type LineSetting, short } from "./order-lines.ts";
import { customersNamed, type Lookup, usersNamed } from "./references.ts";
import { dayIn, textIn } from "./values.ts";

/** What is no more than a draft in another system has not been sold. */
const STATUSES = namesOf(Order_Status).filter((status) => status !== "DRAFT");

const fields: readonly Field[] = [
  { name: "external_id", kind: "text", headers: ["Order ID", "External ID", "Id", "订单ID"] },
  {
    name: "order_number",
    kind: "text",
    headers: [
      "InvoiceNo",
      "Invoice",
      "Invoice Number",
      "Order No",
      "Order",
      "订单号",
      "订单编号",
      "单号",
      "发票号",
    ],
  },
  {
    name: "customer",
    kind: "reference",
    headers: [
      "CustomerID",
      "Customer Name",
      "Account",
      "Account Name",
      "Client",
      "masterid",
      "客户",
      "客户名称",
      "客户编号",
    ],
  },
  {
    name: "owner",
    kind: "reference",
    headers: ["Sales Rep", "Salesperson", "Sales Agent", "Account Manager", "负责人", "业务员", "销售员"],
  },
  {
    name: "status",
    kind: "enum",
    headers: ["Order Status", "状态", "订单状态"],
    values: namesOf(Order_Status),
  },
  { name: "order_time", kind: "time", headers: ["InvoiceDate", "Order Time", "下单时间"] },
  { name: "order_date", kind: "date", headers: ["Date", "Sale Date", "订单日期", "日期", "成交日期"] },
  { name: "currency_code", kind: "text", headers: ["Currency", "币种"] },
  { name: "region", kind: "text", headers: ["Country", "Ship Country", "Shipping Country", "国家", "地区"] },
  {
    name: "product_code",
    kind: "text",
    headers: ["StockCode", "SKU", "Item Code", "Article Number", "商品编码", "产品编号", "货号"],
  },
  { name: "description", kind: "text", headers: ["Product Name", "Item", "商品名称", "产品名称", "品名"] },
  { name: "quantity", kind: "number", headers: ["Qty", "Units", "cds", "数量"] },
  { name: "list_price", kind: "money", headers: ["UnitPrice", "Price", "单价"] },
  { name: "discount", kind: "money", headers: ["Discount Amount", "折扣金额"] },
  { name: "line_amount", kind: "money", headers: ["Amount", "Line Total", "Sales", "金额", "小计"] },
  { name: "unit_cost", kind: "money", headers: ["Cost", "成本", "单位成本"] },
];

export const orderKind = importKind<OrderState>({
  name: "order",
  resource: "order",
  fields: async () => fields,
  key: ["external_id", "order_number"],
  grouped: true,
  table: orders,
  events: { created: OrderPlaced, changed: OrderChanged, removed: OrderRemoved },
  async known(at, system, keys) {
    const ids = await ordersByExternalId(at, system, keys.map(externalIdOf));
    return new Map(
      keys.flatMap((key) => (ids.has(externalIdOf(key)) ? [[key, ids.get(externalIdOf(key))!]] : [])),
    );
  },
  plan,
});

/** What the other system calls it: its own id, else the number; nothing where the row has neither. */
function externalIdOf(key: string): string {
  const [id = "", number = ""] = key.startsWith("#") ? [] : key.split("\u001f");
  return id || number;
}

interface Setting extends LineSetting {
  readonly at: At;
  readonly run: ImportRun;
  readonly customers: Lookup;
  readonly users: Lookup;
  /** The id of the order that has a number. */
  readonly taken: ReadonlyMap<string, string>;
  dayOf(time: Date): string;
}

async function plan(
  at: At,
  units: readonly Unit<OrderState>[],
  run: ImportRun,
): Promise<Planned<OrderState>[]> {
  const setting = await settingOf(at, units, run);
  const all = units.map((unit) =>
    planned(
      () => orderOf(unit, setting),
      () => undefined,
    ),
  );
  const states = all.flatMap((each) => ("state" in each ? [each.state] : []));
  const numbers = await takeNumbers(at, states.filter(({ orderNumber }) => orderNumber === "").length);
  await keepNumbers(
    at,
    states.map(({ orderNumber }) => orderNumber),
  );
  const given = numbers.values();
  return all.map((each) =>
    "state" in each && each.state.orderNumber === ""
      ? { state: { ...each.state, orderNumber: given.next().value! } }
      : each,
  );
}

async function settingOf(at: At, units: readonly Unit<OrderState>[], run: ImportRun): Promise<Setting> {
  const cells = (field: string, all: boolean) => {
    const rows = units.flatMap((unit) => (all ? unit.rows : unit.rows.slice(0, 1)));
    return new Set(rows.map((row) => textIn(row, field)).filter((text) => text !== ""));
  };
  const [customers, users, taken, productIds] = await Promise.all([
    customersNamed(at, run.sourceSystem, cells("customer", false)),
    usersNamed(at, run.sourceSystem, cells("owner", false)),
    ordersByNumber(at, [...cells("order_number", false)]),
    byCodes(at, [...cells("product_code", true)]),
  ]);
  const known = await find(at, products, [...new Set(productIds.values())]);
  const format = new Intl.DateTimeFormat("en-CA", { timeZone: at.timeZone });
  return {
    at,
    run,
    mapped: run.mapped,
    currencyCode: at.currencyCode,
    customers,
    users,
    taken,
    products: new Map(known.map((product) => [product.productCode, product])),
    dayOf: (time) => format.format(time),
  };
}

/** The contract's; and an event has to hold it twice. */
const MOST_LINES = 2000;

function orderOf(unit: Unit<OrderState>, setting: Setting): OrderState {
  const { before, continues, rows } = unit;
  const currencyCode = currencyIn(unit, setting);
  const old = before?.lines ?? [];
  const lines = rows.map((row, index) => lineOf(row, { ...setting, currencyCode }, old[continues + index]));
  const all = [...old.slice(0, continues), ...lines];
  if (all.length > MOST_LINES)
    throw rowFault("order_number", "TOO_MANY_LINES", `An order has at most ${MOST_LINES} lines.`);
  const { now } = setting.at;
  const body = { lines: all, ...totalsOf(all), updateTime: now };
  if (before && continues > 0) return { ...before, ...body };
  const head = headOf(unit, setting);
  if (before) return { ...before, ...head, ...body };
  return {
    orderId: setting.at.newId(),
    opportunityId: null,
    kind: kindOf(all),
    currencyCode,
    cancelReason: "",
    ...head,
    ...body,
    createTime: now,
    version: 0,
  };
}

/** Goods that all come back; a correction among others stays a part of the sale. */
function kindOf(lines: readonly StoredLine[]): OrderKind {
  const counts = lines.map(({ quantity }) => quantityOf(quantity));
  return counts.every((count) => count <= 0n) && counts.some((count) => count < 0n) ? "RETURN" : "SALE";
}

function currencyIn({ rows, before }: Unit<OrderState>, { at }: Setting): string {
  const said = new Set(rows.map((row) => textIn(row, "currency_code").toUpperCase() || at.currencyCode));
  const [currencyCode = at.currencyCode, another] = said;
  if (another !== undefined)
    throw rowFault("currency_code", "CURRENCY_MIXED", `The order is in ${currencyCode} and in ${another}.`);
  if (before && before.currencyCode !== currencyCode)
    throw rowFault("currency_code", "CURRENCY_MIXED", `The order is in ${before.currencyCode} already.`);
  if (isCurrency(currencyCode)) return currencyCode;
  throw rowFault("currency_code", "UNKNOWN_CURRENCY", `"${currencyCode}" is no currency of ISO 4217.`);
}

/** What the first row says of the order as a whole; of what has no column, what was there stays. */
function headOf({ key, rows: [first], before }: Unit<OrderState>, setting: Setting) {
  const { mapped, sourceSystem } = setting.run;
  const row = first!;
  const said = <T>(field: string, value: () => T, otherwise: T) => (mapped.has(field) ? value() : otherwise);
  const region = textIn(row, "region");
  return {
    orderNumber: numberOf(row, before, setting),
    customerId: said(
      "customer",
      () => idIn("customer", textIn(row, "customer"), setting.customers),
      before?.customerId ?? null,
    ),
    ownerId: said("owner", () => idIn("owner", textIn(row, "owner"), setting.users), before?.ownerId ?? null),
    status: said(
      "status",
      () => (textIn(row, "status") || "FULFILLED") as OrderStatus,
      before?.status ?? "FULFILLED",
    ),
    ...dateOf(row, before, setting),
    regionCode: said("region", () => regionCodeOf(region), before?.regionCode ?? null),
    regionName: said("region", () => short("region", region, 100), before?.regionName ?? ""),
    externalIds: withExternalId(
      before?.externalIds ?? [],
      sourceSystem,
      short("external_id", externalIdOf(key), 200),
    ),
  };
}

type Row = Unit<OrderState>["rows"][number];

function idIn(field: string, cell: string, lookup: Lookup): string | null {
  if (cell === "") return null;
  const meant = lookup(cell);
  if ("id" in meant) return meant.id;
  throw rowFault(field, meant.fault.reason, meant.fault.message);
}

/** Empty where one is to be given out. */
function numberOf(row: Row, before: OrderState | undefined, { taken }: Setting): string {
  const number = short("order_number", textIn(row, "order_number"), 60) || (before?.orderNumber ?? "");
  const owner = taken.get(number);
  if (owner === undefined || owner === before?.orderId) return number;
  throw rowFault("order_number", "ORDER_EXISTS", `Another order has the number ${number} already.`);
}

function dateOf(row: Row, before: OrderState | undefined, { mapped, dayOf, at }: Setting) {
  const time = row.values.get("order_time") as Date | undefined;
  if (time) return { orderTime: time, orderDate: dayOf(time) };
  const orderTime = mapped.has("order_time") ? null : (before?.orderTime ?? null);
  const day = dayIn(row, "order_date");
  if (day) return { orderTime: null, orderDate: day };
  const isAsked = mapped.has("order_date") || mapped.has("order_time");
  if (isAsked) throw rowFault("order_date", "MISSING_VALUE", "The day of the order is missing.");
  return { orderTime, orderDate: before?.orderDate ?? at.today };
}
