// Numbers of cases: 1 and so on, each once and none left out, since the count is of the transaction that needs it.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";

/**
 * As many as are wanted; the first of them. All others who want one wait until this command has ended, so it is asked
 * last, behind everything that may refuse.
 */
export async function takeNumbers(at: At, count: number): Promise<bigint> {
  const [row] = await named<{ last: bigint }>(at, {
    name: "case numbers take",
    text: `insert into case_numbers as n (last_number) values ($1)
      on conflict (tenant_id) do update set last_number = n.last_number + excluded.last_number
      returning last_number as last`,
    values: [count],
  });
  return row!.last - BigInt(count) + 1n;
}
