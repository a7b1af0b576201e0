// What the facts last said of each customer's class. Of whom they have never said anything, they said POTENTIAL.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { ClassName } from "./judgements.ts";

export async function classFindings(at: At, customerIds: readonly string[]): Promise<Map<string, ClassName>> {
  const rows = await named<{ customerId: string; customerClass: ClassName }>(at, {
    name: "class findings",
    text: `
select customer_id as "customerId", customer_class as "customerClass" from customer_class_findings
where customer_id = any($1::uuid[])`,
    values: [customerIds],
  });
  return new Map(rows.map(({ customerId, customerClass }) => [customerId, customerClass]));
}

export function keepFindings(at: At, found: ReadonlyMap<string, ClassName>): void {
  if (found.size === 0) return;
  at.tell({
    name: "class findings keep",
    text: `
insert into customer_class_findings (customer_id, customer_class)
select * from unnest($1::uuid[], $2::text[])
on conflict (tenant_id, customer_id) do update set customer_class = excluded.customer_class`,
    values: [[...found.keys()], [...found.values()]],
    rows: true,
  });
}
