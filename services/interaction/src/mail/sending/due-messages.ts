// The messages whose jobs are due.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import { SEND_MESSAGE } from "../../messages/plan-message.ts";

const NEXT = `delete from jobs where (tenant_id, job_id) in (
    select tenant_id, job_id from jobs where name = $1 and due_time <= $2
    order by due_time, job_id limit 1 for update skip locked)
  returning subject_id as "interactionId"`;

/** Takes the next one, so that whoever is connected sends it, and its own job is not begun any more. */
export async function takeDue(at: At): Promise<string | undefined> {
  const values = [SEND_MESSAGE, at.now.toISOString()];
  const [row] = await named<{ interactionId: string }>(at, { name: "jobs take message", text: NEXT, values });
  return row?.interactionId;
}

const OF = "delete from jobs where name = $1 and subject_id = $2";

/** Takes the job of this one, before whoever calls it locks the message: in the other order two of them wait for each other. */
export function takeOf(at: At, interactionId: string): void {
  at.tell({ name: "jobs take of message", text: OF, values: [SEND_MESSAGE, interactionId] });
}

const PUT_OFF = `update jobs set due_time = $3 where (tenant_id, job_id) in (
    select tenant_id, job_id from jobs where name = $1 and due_time <= $2
    order by due_time, job_id limit $4 for update skip locked)
  returning subject_id as "interactionId"`;

/** Lets some of them wait until then, since none of them can be sent now. */
export async function putOffDue(at: At, until: Date, most: number): Promise<string[]> {
  const values = [SEND_MESSAGE, at.now.toISOString(), until.toISOString(), most];
  const rows = await named<{ interactionId: string }>(at, {
    name: "jobs put off messages",
    text: PUT_OFF,
    values,
  });
  return rows.map(({ interactionId }) => interactionId);
}
