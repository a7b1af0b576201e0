// Numbers for orders that come without one: O-000001 and so on, each once. A request that fails leaves a gap.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { OrderState } from "./order-state.ts";

const GIVEN = /^O-(\d{6,15})$/;

const numbered = (count: bigint) => `O-${String(count).padStart(6, "0")}`;

/**
 * As many as are wanted. All others who want one wait until this command has ended, so it is asked late.
 */
export async function takeNumbers(at: At, count: number): Promise<string[]> {
  if (count === 0) return [];
  const [row] = await named<{ last: bigint }>(at, {
    name: "order numbers take",
    text: `insert into order_numbers as n (last_number) values ($1)
      on conflict (tenant_id) do update set last_number = n.last_number + excluded.last_number
      returning last_number as last`,
    values: [count],
  });
  const first = row!.last - BigInt(count) + 1n;
  return Array.from({ length: count }, (_, index) => numbered(first + BigInt(index)));
}

/** With a number given out, where it has none. */
export async function withNumber(at: At, order: OrderState): Promise<OrderState> {
  if (order.orderNumber === "") return { ...order, orderNumber: (await takeNumbers(at, 1))[0]! };
  await keepNumbers(at, [order.orderNumber]);
  return order;
}

/** What people have chosen of the same form is not given out later: it would be refused again and again. */
export async function keepNumbers(at: At, chosen: readonly string[]): Promise<void> {
  const counts = chosen.flatMap((number) => BigInt(GIVEN.exec(number)?.[1] ?? 0));
  const highest = counts.reduce((most, count) => (count > most ? count : most), 0n);
  if (highest === 0n) return;
  await named(at, {
    name: "order numbers keep",
    text: `insert into order_numbers as n (last_number) values ($1)
      on conflict (tenant_id) do update set last_number = greatest(n.last_number, excluded.last_number)`,
    values: [highest],
  });
}
