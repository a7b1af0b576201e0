// What somebody says of the lines of an order, held against the rules and brought into the form of the row.
import type { Money } from "@guanxi/contract/google/type/money";
import type { Order, OrderLine } from "@guanxi/contract/guanxi/sales/v1/order";
import type { Violation } from "@guanxi/kit/refuse";
import { isTooLarge, microsOf, tooLarge } from "../money.ts";
import { amountsOf, quantityOf, type StoredLine } from "./order-lines.ts";
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
  const amount = (field: string, money: Money | undefined): string | null => {
    if (!money) return null;
    if (money.currencyCode !== rules.currencyCode) {
      blame(field, `is in ${money.currencyCode || "no currency"}, the order in ${rules.currencyCode}`, MIXED);
    }
    const micros = microsOf(money);
    if (typeof micros === "bigint") return String(micros);
    blame(field, micros);
    return null;
  };
  if (sent.productId && !product) blame("product_id", "is no product", "UNKNOWN_PRODUCT");
  const line: StoredLine = {
    productId: sent.productId.toLowerCase() || null,
    productCode: sent.productCode || product?.productCode || "",
    description: sent.description || product?.displayName || "",
    quantity: sent.quantity,
    listPrice: amount("list_price", sent.listPrice) ?? defaultPrice(sent, product, rules, blame) ?? "0",
    discount: amount("discount", sent.discount) ?? "0",
    unitCost: amount("unit_cost", sent.unitCost) ?? (sent.unitCost ? null : defaultCost(product, rules)),
  };
  blameSigns(line, rules.kind, blame);
  return { line, violations };
}

export const MIXED = "CURRENCY_MIXED";

type Blame = (field: string, description: string, reason?: string) => unknown;

function defaultPrice(sent: OrderLine, product: LineProduct | undefined, rules: LineRules, blame: Blame) {
  if (sent.listPrice) return null; // what is wrong with it has been said
  if (!product || product.listPrice === null) {
    blame("list_price", "must be given, since no product tells it", "PRICE_MISSING");
    return null;
  }
  if (product.currencyCode !== rules.currencyCode)
    blame(
      "list_price",
      `must be given: the product's is in ${product.currencyCode}, the order in ${rules.currencyCode}`,
      MIXED,
    );
  return String(product.listPrice);
}

/** A cost in another currency is not known in this one. */
const defaultCost = (product: LineProduct | undefined, { currencyCode }: LineRules) =>
  product?.currencyCode === currencyCode && product.unitCost !== null ? String(product.unitCost) : null;

/** On a return the quantity is below zero, and with it all that is multiplied by it. */
function blameSigns(line: StoredLine, kind: OrderKind, blame: Blame): void {
  const sign = kind === "RETURN" ? -1n : 1n;
  if (quantityOf(line.quantity) * sign < 0n)
    blame("quantity", kind === "RETURN" ? "must not be above zero on a return" : "must not be below zero");
  if (BigInt(line.listPrice) < 0n) blame("list_price", "must not be below zero");
  if (line.unitCost !== null && BigInt(line.unitCost) < 0n) blame("unit_cost", "must not be below zero");
  const { list, discount, net, cost } = amountsOf(line);
  if (list * sign >= 0n && (discount * sign < 0n || net * sign < 0n))
    blame("discount", "must be between nothing and quantity × list_price");
  if ([list, net, cost ?? 0n].some(isTooLarge)) blame("quantity", `× price ${tooLarge}`);
}
