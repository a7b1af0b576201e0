import type { Money } from "@guanxi/contract/google/type/money";
import type { At } from "@guanxi/kit/at";
import { microsOf } from "@guanxi/kit/micros";

/** One thing of a customer at another service, as it is now: an order, a case, a task. */
export interface Item {
  readonly itemId: string;
  readonly customerId: string;
  /** In lower_snake. */
  readonly kind: string;
  readonly status: string;
  /** Something is still to be done about it. */
  readonly open: boolean;
  readonly time: Date;
  readonly date?: string | null;
  readonly amount?: Money | undefined;
  /** What the portrait shows of it: jsonb, so times are text and large numbers too. */
  readonly body: object;
  readonly version: number;
}

/** Those that keep items. */
export type ItemArea = "sales" | "service_desk" | "interaction" | "analytics" | "marketing";

export function keepItems(at: At, area: ItemArea, items: readonly Item[]): void {
  if (items.length === 0) return;
  at.tell({
    name: `portrait ${area} keep`,
    text: keep(area),
    values: [
      items.map(({ itemId }) => itemId),
      items.map(({ customerId }) => customerId),
      items.map(({ kind }) => kind),
      items.map(({ status }) => status),
      items.map(({ open }) => open),
      items.map(({ time }) => time.toISOString()),
      items.map(({ date }) => date ?? null),
      items.map(({ amount }) => (amount ? microsOf(amount) : null)),
      items.map(({ amount }) => amount?.currencyCode ?? null),
      items.map(({ body }) => JSON.stringify(body)),
      items.map(({ version }) => version),
    ],
    rows: true,
  });
}

const keep = (area: ItemArea) => `
insert into portrait_${area} (item_id, customer_id, kind, status, open, item_time, item_date, amount_micros, currency_code,
  body, version)
select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bool[], $6::timestamptz[], $7::date[], $8::bigint[],
  $9::text[], $10::jsonb[], $11::int[])
on conflict (tenant_id, item_id) do update set customer_id = excluded.customer_id, kind = excluded.kind,
  status = excluded.status, open = excluded.open, item_time = excluded.item_time, item_date = excluded.item_date,
  amount_micros = excluded.amount_micros, currency_code = excluded.currency_code, body = excluded.body,
  version = excluded.version`;

export function dropItems(at: At, area: ItemArea, itemIds: readonly string[]): void {
  if (itemIds.length === 0) return;
  at.tell({
    name: `portrait ${area} drop`,
    text: `delete from portrait_${area} where item_id = any($1::uuid[])`,
    values: [itemIds],
    rows: true,
  });
}
