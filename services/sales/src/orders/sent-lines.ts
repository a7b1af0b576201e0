// What somebody says of the lines of an order, held against the rules and brought into the form of the row.
import type { Money } from "@guanxi/contract/google/type/money";
import type { Order, OrderLine } from "@guanxi/contract/guanxi/sales/v1/order";
import { microsOfDecimal } from "@guanxi/kit/micros";
import type { Violation } from "@guanxi/kit/refuse";
import { isTooLarge, readMicros, tooLarge } from "../money.ts";
import { amountsOf, type StoredLine } from "./order-lines.ts";
import type { LineProduct, OrderKind, OrderSetting } from "./order-state.ts";

export interface LineRules {
  readonly kind: OrderKind;
  readonly currencyCode: string;
  readonly products: OrderSetting["products"];
}

/** Of the first line's price, where the order does not say it. */
export function currencyOf(order: Order, { products, currencyCode }: OrderSetting): string {
  const [first] = order.lines;
  const product = products.get(first?.productId.toLowerCase() ?? "");
  return order.currencyCode || first?.listPrice?.currencyCode || product?.currencyCode || currencyCode;
}

export function readLines(sent: readonly OrderLine[], rules: LineRules) {
  const lines: StoredLine[] = [];
  const violations: Violation[] = [];
  for (const [index, line] of sent.entries()) {
    const read = readLine(line, `order.lines[${index}]`, rules);
    lines.push(read.line);
    violations.push(...read.violations);
  }
  return { lines, violations };
}

function readLine(sent: OrderLine, path: string, rules: LineRules) {
  const product = rules.products.get(sent.productId.toLowerCase());
  const violations: Violation[] = [];
  const blame: Blame = (field, description, reason) =>
    violations.push({ field: `${path}.${field}`, description, ...(reason && { reason }) });
  if (sent.productId && !product) blame("product_id", "is no product", "UNKNOWN_PRODUCT");
  const line: StoredLine = {
    productId: sent.productId.toLowerCase() || null,
    productCode: sent.productCode || product?.productCode || "",
    description: sent.description || product?.displayName || "",
    quantity: sent.quantity,
    ...readAmounts(sent, product, rules, blame),
  };
  blameSigns(line, rules.kind, blame);
  blameSizes(line, blame);
  return { line, violations };
}

function readAmounts(sent: OrderLine, product: LineProduct | undefined, rules: LineRules, blame: Blame) {
  const amount = (field: string, money: Money) =>
    readAmount(money, rules.currencyCode, (...said) => blame(field, ...said));
  const { listPrice, discount, unitCost } = sent;
  return {
    listPrice: listPrice ? amount("list_price", listPrice) : defaultPrice(product, rules, blame),
    discount: discount ? amount("discount", discount) : "0",
    unitCost: unitCost ? amount("unit_cost", unitCost) : defaultCost(product, rules),
  };
}

/** Nothing where it cannot be read, which has been said then. */
function readAmount(
  money: Money,
  currencyCode: string,
  blame: (description: string, reason?: string) => unknown,
): string {
  if (money.currencyCode !== currencyCode)
    blame(`is in ${money.currencyCode || "no currency"}, the order in ${currencyCode}`, MIXED);
  const micros = readMicros(money);
  if (typeof micros === "bigint") return String(micros);
  blame(micros);
  return "0";
}

export const MIXED = "CURRENCY_MIXED";

type Blame = (field: string, description: string, reason?: string) => unknown;

function defaultPrice(product: LineProduct | undefined, { currencyCode }: LineRules, blame: Blame): string {
  const price = product?.listPrice ?? null;
  if (price === null) blame("list_price", "must be given, since no product tells it", "PRICE_MISSING");
  else if (product!.currencyCode !== currencyCode) {
    const problem = `must be given: the product's is in ${product!.currencyCode}, the order in ${currencyCode}`;
    blame("list_price", problem, MIXED);
  }
  return String(price ?? 0n);
}

/** A cost in another currency is not known in this one. */
const defaultCost = (product: LineProduct | undefined, { currencyCode }: LineRules) =>
  product?.currencyCode === currencyCode && product.unitCost !== null ? String(product.unitCost) : null;

/** On a return the quantity is below zero, and with it all that is multiplied by it. */
function blameSigns(line: StoredLine, kind: OrderKind, blame: Blame): void {
  const isReturn = kind === "RETURN";
  const isWrong = (amount: bigint) => (isReturn ? amount > 0n : amount < 0n);
  if (isWrong(microsOfDecimal(line.quantity)))
    blame("quantity", isReturn ? "must not be above zero on a return" : "must not be below zero");
  if (BigInt(line.listPrice) < 0n) blame("list_price", "must not be below zero");
  if (BigInt(line.unitCost ?? 0) < 0n) blame("unit_cost", "must not be below zero");
  const { list, discount, net } = amountsOf(line);
  if (!isWrong(list) && (isWrong(discount) || isWrong(net)))
    blame("discount", "must be between nothing and quantity × list_price");
}

function blameSizes(line: StoredLine, blame: Blame): void {
  const { list, net, cost } = amountsOf(line);
  if ([list, net, cost ?? 0n].some(isTooLarge)) blame("quantity", `× price ${tooLarge}`);
}
