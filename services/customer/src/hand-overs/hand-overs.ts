import { HandOver, HandOver_State as State } from "@guanxi/contract/guanxi/customer/v1/hand_over";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { type Counts, type HandOverState, present } from "./hand-over.ts";

export const handOvers = table({
  entity: new EntitySchema<HandOverState>({
    name: "hand_over",
    tableName: "hand_overs",
    columns: {
      handOverId: { name: "hand_over_id", type: "uuid", primary: true },
      fromUserId: { name: "from_user_id", type: "uuid" },
      toUserIds: { name: "to_user_ids", type: "jsonb" },
      reason: { type: "text" },
      state: { type: "text" },
      customerCount: { name: "customer_count", type: "int" },
      handedOverCount: { name: "handed_over_count", type: "int" },
      skippedCount: { name: "skipped_count", type: "int" },
      starter: { type: "jsonb" },
      createTime: { name: "create_time", type: "timestamptz" },
      completeTime: { name: "complete_time", type: "timestamptz", nullable: true },
      version: { type: "int" },
    },
  }),
  message: HandOver,
  present,
});

/** What a condition over hand-overs may name, as published at ListHandOversRequest.filter. */
export const handOverFields = catalogue<HandOverState>({ id: "hand_over_id", side: "" }, [
  {
    name: "from_user_id",
    type: "id",
    stored: { column: "from_user_id" },
    read: ({ fromUserId }) => fromUserId,
  },
  {
    name: "state",
    type: "enum",
    stored: { column: "state" },
    values: namesOf(State),
    read: ({ state }) => state,
  },
  {
    name: "create_time",
    type: "time",
    stored: { column: "create_time" },
    read: ({ createTime }) => createTime,
  },
]);

/** Writes down whose turn comes when, and says how many there are: those that have been absorbed stay as they were. */
export async function giveTurns(at: At, handOverId: string, fromUserId: string): Promise<number> {
  const [row] = await named<{ count: number }>(at, {
    name: "hand over turns",
    text: `
with turns as (
  insert into hand_over_customers (hand_over_id, turn, customer_id)
  select $1::uuid, (row_number() over (order by c.customer_id) - 1)::int, c.customer_id
  from customer_values v join customers c on c.customer_id = v.customer_id
  where v.kind = 'owner_id' and v.text_value = $2 and c.state <> 'MERGED'
  returning turn)
select count(*)::int as count from turns`,
    values: [handOverId, fromUserId],
  });
  return row!.count;
}

export interface Turn {
  readonly turn: number;
  readonly customerId: string;
}

export const nextTurns = (at: At, handOverId: string, limit: number): Promise<Turn[]> =>
  named<Turn>(at, {
    name: "hand over next",
    text: `
select turn, customer_id as "customerId" from hand_over_customers
where hand_over_id = $1 and outcome is null order by turn limit $2`,
    values: [handOverId, limit],
  });

export type TurnOutcome = "HANDED_OVER" | "SKIPPED";

export function endTurns(
  at: At,
  handOverId: string,
  turns: readonly { readonly turn: number; readonly outcome: TurnOutcome }[],
): void {
  at.tell({
    name: "hand over outcomes",
    text: `
update hand_over_customers c set outcome = i.outcome from unnest($2::int[], $3::text[]) as i (turn, outcome)
where c.hand_over_id = $1 and c.turn = i.turn`,
    values: [handOverId, turns.map(({ turn }) => turn), turns.map(({ outcome }) => outcome)],
  });
}

/** How far they are, as far as each is. */
export async function counted(at: At, found: readonly HandOverState[]): Promise<HandOverState[]> {
  const running = found.filter(({ state }) => state === "RUNNING").map(({ handOverId }) => handOverId);
  const counts = await countsOf(at, running);
  return found.map((handOver) => ({ ...handOver, ...counts.get(handOver.handOverId) }));
}

export async function countsOf(at: At, handOverIds: readonly string[]): Promise<Map<string, Counts>> {
  if (handOverIds.length === 0) return new Map();
  const rows = await named<Counts & { handOverId: string }>(at, {
    name: "hand over counts",
    text: `
select hand_over_id as "handOverId",
  (count(*) filter (where outcome = 'HANDED_OVER'))::int as "handedOverCount",
  (count(*) filter (where outcome = 'SKIPPED'))::int as "skippedCount"
from hand_over_customers where hand_over_id = any($1::uuid[]) group by hand_over_id`,
    values: [handOverIds],
  });
  return new Map(rows.map(({ handOverId, ...counts }) => [handOverId, counts]));
}
