// The lines of an imported order. Files hold corrections too: prices and quantities below zero are taken as they are.
import type { TypedRow } from "@guanxi/import/service/kind";
import { rowFault } from "@guanxi/import/service/planned";
import { microsIn, numberIn, textIn } from "@guanxi/import/service/row-values";
import { divide, MICROS, microsOfDecimal } from "@guanxi/kit/micros";
import { isTooLarge, tooLarge } from "../money.ts";
import { amountsOf, type StoredLine } from "../orders/order-lines.ts";
import type { LineProduct } from "../orders/order-state.ts";

export interface LineSetting {
  readonly mapped: ReadonlySet<string>;
  readonly currencyCode: string;
  /** By what the file calls them: the id in its system, or our code. */
  readonly products: ReadonlyMap<string, LineProduct & { readonly productId: string }>;
}

/** `before` is what stood in its place: what it cost then, it costs still. */
export function lineOf(row: TypedRow, setting: LineSetting, before: StoredLine | undefined): StoredLine {
  const productCode = textIn(row, "product_code");
  const product = setting.products.get(productCode);
  const line: StoredLine = {
    productId: product?.productId ?? null,
    productCode: short("product_code", productCode, 100),
    description: short("description", textIn(row, "description") || (product?.displayName ?? ""), 500),
    quantity: quantityIn(row, setting.mapped),
    ...{ listPrice: "0", discount: "0", unitCost: null },
  };
  const priced = { ...line, ...priceOf(row, line, setting, product) };
  const whole = {
    ...priced,
    unitCost: costOf(row, setting, product, before?.productCode === productCode ? before : undefined),
  };
  const { list, net, cost } = amountsOf(whole);
  if ([list, net, cost ?? 0n].some(isTooLarge))
    throw rowFault("quantity", "TOO_LARGE", `The amount ${tooLarge}.`);
  return whole;
}

export function short(field: string, text: string, most: number): string {
  if (text.length <= most) return text;
  throw rowFault(field, "TOO_LONG", `The text has more than ${most} characters.`);
}

function quantityIn(row: TypedRow, mapped: ReadonlySet<string>): string {
  const number = numberIn(row, "quantity");
  if (number === undefined) {
    if (mapped.has("quantity")) throw rowFault("quantity", "MISSING_VALUE", "The quantity is missing.");
    return "1";
  }
  const text = number.toFixed(6).replace(/\.?0+$/, "");
  if (Number(text) !== number)
    throw rowFault("quantity", "TOO_PRECISE", "A quantity has at most six decimals.");
  if (Math.abs(number) >= 1e9) throw rowFault("quantity", "TOO_LARGE", "A quantity is below a billion.");
  return text === "-0" ? "0" : text;
}

type Product = LineProduct | undefined;

/** By unit or by line, whatever the file says; where it says both, what is between them is the discount. */
function priceOf(row: TypedRow, { quantity }: StoredLine, { currencyCode }: LineSetting, product: Product) {
  const [price, amount] = [microsIn(row, "list_price"), microsIn(row, "line_amount")];
  const discount = microsIn(row, "discount") ?? 0n;
  if (amount !== null) return byAmount(microsOfDecimal(quantity), amount, price, discount);
  const unit = price ?? (product?.currencyCode === currencyCode ? product.listPrice : null);
  if (unit === null) throw rowFault("list_price", "MISSING_VALUE", "Neither a price nor an amount is there.");
  return { listPrice: String(unit), discount: String(discount) };
}

function byAmount(count: bigint, amount: bigint, price: bigint | null, discount: bigint) {
  if (count === 0n && amount !== 0n && price === null)
    throw rowFault("quantity", "MISSING_VALUE", "There is an amount, but the quantity is 0.");
  // Away from zero, so that what is too much becomes a discount of some millionths, and the amount stays as it was written.
  const unit = price ?? (count === 0n ? 0n : upward((amount + discount) * MICROS, count));
  return { listPrice: String(unit), discount: String(divide(count * unit, MICROS) - amount) };
}

function upward(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (quotient * divisor === dividend) return quotient;
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

function costOf(
  row: TypedRow,
  { mapped, currencyCode }: LineSetting,
  product: Product,
  before: StoredLine | undefined,
) {
  const cost = microsIn(row, "unit_cost");
  if (cost !== null && cost < 0n) throw rowFault("unit_cost", "INVALID_VALUE", "A cost is not below zero.");
  if (cost !== null || mapped.has("unit_cost")) return cost === null ? null : String(cost);
  if (before) return before.unitCost;
  const known = product?.currencyCode === currencyCode ? product.unitCost : null;
  return known === null ? null : String(known);
}
