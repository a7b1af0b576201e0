// The customers whom a completed action concerns: written down when it is completed, told afterwards.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Concerned } from "./action.ts";

/** Whatever is linked elsewhere later, they are told, each once however much of theirs is linked. */
export async function writeConcerned(at: At, correctiveActionId: string): Promise<Concerned> {
  const [row] = await named<Concerned>(at, {
    name: "corrective action customers write",
    text: `
with linked as (
  select case_id, customer_id, contact_id, open_time as time from cases where corrective_action_id = $1
  union all
  select null, f.customer_id, f.contact_id, null from corrective_action_feedbacks l
  join feedbacks f on f.feedback_id = l.feedback_id where l.corrective_action_id = $1
), w as (
  insert into corrective_action_customers (corrective_action_id, customer_id, contact_id, case_id, linked_count)
  select $1, customer_id,
    (array_agg(contact_id order by time desc nulls last) filter (where contact_id is not null))[1],
    (array_agg(case_id order by time desc) filter (where case_id is not null))[1], count(*)
  from linked where customer_id is not null group by customer_id)
select count(*)::int as "linkedCount", (count(*) filter (where customer_id is null))::int as "withoutCustomerCount"
from linked`,
    values: [correctiveActionId],
  });
  return row!;
}

interface Untold {
  readonly customerId: string;
  readonly contactId: string | null;
  /** The newest case of theirs that the action answers; null where it answers feedback only. */
  readonly caseId: string | null;
  readonly linkedCount: number;
}

/** The next to be told, while the action is locked. */
export const untold = (at: At, correctiveActionId: string, most: number): Promise<Untold[]> =>
  named<Untold>(at, {
    name: "corrective action customers untold",
    text: `select customer_id as "customerId", contact_id as "contactId", case_id as "caseId",
        linked_count as "linkedCount"
      from corrective_action_customers where corrective_action_id = $1 and notice_id is null
      order by customer_id limit $2`,
    values: [correctiveActionId, most],
  });

export function markTold(
  at: At,
  correctiveActionId: string,
  notices: readonly { readonly customerId: string; readonly noticeId: string }[],
): void {
  at.tell({
    name: "corrective action customers told",
    text: `update corrective_action_customers c set notice_id = i.notice_id
      from unnest($2::uuid[], $3::uuid[]) as i (customer_id, notice_id)
      where c.corrective_action_id = $1 and c.customer_id = i.customer_id`,
    values: [
      correctiveActionId,
      notices.map(({ customerId }) => customerId),
      notices.map(({ noticeId }) => noticeId),
    ],
  });
}
