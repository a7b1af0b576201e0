// What the rows of an order say of it as a whole.
import type { ImportRun, TypedRow, Unit } from "@guanxi/import/service/kind";
import { rowFault } from "@guanxi/import/service/planned";
import type { Lookup } from "@guanxi/import/service/references";
import { referred } from "@guanxi/import/service/referred";
import { dayIn, textIn } from "@guanxi/import/service/row-values";
import type { At } from "@guanxi/kit/at";
import { withExternalId } from "../external-ids.ts";
import type { OrderState, OrderStatus } from "../orders/order-state.ts";
import { regionCodeOf } from "../regions.ts";
import { short } from "./order-lines.ts";

export interface HeadSetting {
  readonly at: At;
  readonly run: ImportRun;
  readonly customers: Lookup;
  readonly users: Lookup;
  /** The id of the order that has a number. */
  readonly taken: ReadonlyMap<string, string>;
  dayOf(time: Date): string;
}

/** What the other system calls it: its own id, else the number; nothing where the row has neither. */
export function externalIdOf(key: string): string {
  const [id = "", number = ""] = key.startsWith("#") ? [] : key.split("\u001f");
  return id || number;
}

/** Of an order of which no file has said more: it is history. */
export const NOT_SAID = {
  customerId: null,
  ownerId: null,
  opportunityId: null,
  status: "FULFILLED",
  regionCode: null,
  regionName: "",
  cancelReason: "",
} as const;

/** What the first row says of the order as a whole, and nothing of what has no column. */
export function headOf({ key, rows: [first], before }: Unit<OrderState>, setting: HeadSetting) {
  const { mapped, sourceSystem } = setting.run;
  const row = first!;
  const said = (field: string, part: () => Partial<OrderState>) => (mapped.has(field) ? part() : {});
  const externalId = short("external_id", externalIdOf(key), 200);
  return {
    orderNumber: numberOf(row, before, setting),
    ...said("customer", () => ({ customerId: referred(row, "customer", setting.customers) })),
    ...said("owner", () => ({ ownerId: referred(row, "owner", setting.users) })),
    ...said("status", () => ({ status: (textIn(row, "status") || NOT_SAID.status) as OrderStatus })),
    ...said("region", () => regionIn(row)),
    ...dateOf(row, before, setting),
    externalIds: withExternalId(before?.externalIds ?? [], sourceSystem, externalId),
  };
}

function regionIn(row: TypedRow) {
  const regionName = short("region", textIn(row, "region"), 100);
  return { regionName, regionCode: regionCodeOf(regionName) };
}

/** Empty where one is to be given out. */
function numberOf(row: TypedRow, before: OrderState | undefined, { taken }: HeadSetting): string {
  const number = short("order_number", textIn(row, "order_number"), 60) || (before?.orderNumber ?? "");
  const owner = taken.get(number);
  if (owner === undefined || owner === before?.orderId) return number;
  throw rowFault("order_number", "ORDER_EXISTS", `Another order has the number ${number} already.`);
}

function dateOf(row: TypedRow, before: OrderState | undefined, setting: HeadSetting) {
  const time = row.values.get("order_time") as Date | undefined;
  if (time) return { orderTime: time, orderDate: setting.dayOf(time) };
  const day = dayIn(row, "order_date");
  if (day) return { orderTime: timeWithin(day, before, setting), orderDate: day };
  if (DATES.some((field) => setting.run.mapped.has(field)))
    throw rowFault("order_date", "MISSING_VALUE", "The day of the order is missing.");
  return { orderTime: before?.orderTime ?? null, orderDate: before?.orderDate ?? setting.at.today };
}

const DATES = ["order_date", "order_time"];

/** Another file may have told the moment, and this one tells its day. */
const timeWithin = (day: string, before: OrderState | undefined, { run }: HeadSetting) =>
  before?.orderDate === day && !run.mapped.has("order_time") ? before.orderTime : null;
