// Files of order lines that become orders: the rows of one number are the lines of one order.
import { OrderChanged, OrderPlaced, OrderRemoved } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { customersNamed, usersNamed } from "@guanxi/directory/references";
import { type ImportRun, importKind, type Planned, type Unit } from "@guanxi/import/service/kind";
import { planned, rowFault } from "@guanxi/import/service/planned";
import { textIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { dayIn } from "@guanxi/kit/days";
import { microsOfDecimal } from "@guanxi/kit/micros";
import { find } from "@guanxi/kit/store";
import { isCurrency } from "../amounts.ts";
import { externalKind } from "../external-ids.ts";
import { tooLarge } from "../money.ts";
import { keepNumbers, takeNumbers } from "../orders/order-numbers.ts";
import { isTotalTooLarge, type StoredLine, totalsOf } from "../orders/order-lines.ts";
import type { OrderKind, OrderState } from "../orders/order-state.ts";
import { orders, ordersByExternalId, ordersByNumber } from "../orders/orders.ts";
import { byCodes, byKeys, products } from "../products/products.ts";
import { ORDER_FIELDS } from "./order-fields.ts";
import { externalIdOf, headOf, type HeadSetting, NOT_SAID } from "./order-head.ts";
import { lineOf, type LineSetting } from "./order-lines.ts";

export const orderKind = importKind<OrderState>({
  name: "order",
  resource: "order",
  fields: async () => ORDER_FIELDS,
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

interface Setting extends LineSetting, HeadSetting {}

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
  // First what files have chosen, so that it is not given out.
  await keepNumbers(
    at,
    states.map(({ orderNumber }) => orderNumber),
  );
  const numbers = await takeNumbers(at, states.filter(({ orderNumber }) => orderNumber === "").length);
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
  const codes = [...cells("product_code", true)];
  const [customers, users, taken, byTheirs, byOurs] = await Promise.all([
    customersNamed(at, run.sourceSystem, cells("customer", false)),
    usersNamed(at, run.sourceSystem, cells("owner", false)),
    ordersByNumber(at, [...cells("order_number", false)]),
    byKeys(at, externalKind(run.sourceSystem), codes),
    byCodes(at, codes),
  ]);
  const productIds = new Map([...byOurs, ...byTheirs]);
  const known = await find(at, products, [...new Set(productIds.values())]);
  const byId = new Map(known.map((product) => [product.productId, product]));
  return {
    at,
    run,
    mapped: run.mapped,
    currencyCode: at.currencyCode,
    customers,
    users,
    taken,
    products: new Map([...productIds].map(([code, id]) => [code, byId.get(id)!])),
    dayOf: dayIn(at.timeZone),
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
  const totals = totalsOf(all);
  if (isTotalTooLarge(totals))
    throw rowFault("order_number", "TOO_LARGE", `The sum of the order ${tooLarge}.`);
  const { now } = setting.at;
  const body = { lines: all, ...totals, updateTime: now };
  if (before && continues > 0) return { ...before, ...body };
  const head = headOf(unit, setting);
  if (before) return { ...before, ...head, ...body };
  return {
    ...NOT_SAID,
    orderId: setting.at.newId(),
    kind: kindOf(all),
    currencyCode,
    ...head,
    ...body,
    createTime: now,
    version: 0,
  };
}

/** Goods that all come back; a correction among others stays a part of the sale. */
function kindOf(lines: readonly StoredLine[]): OrderKind {
  const counts = lines.map(({ quantity }) => microsOfDecimal(quantity));
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
