import type { At } from "@guanxi/kit/at";
import { v7 } from "uuid";

const ENQUEUE = `insert into jobs (job_id, name, subject_id, due_time)
  select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[])
  on conflict (tenant_id, name, subject_id) do update
    set job_id = excluded.job_id, due_time = excluded.due_time, attempts = 0, error = null`;

/**
 * Something to be done, written down together with what makes it due. There is one job of a name for a subject: asked for
 * while it runs, it gets a new id, and so is done once more afterwards.
 */
export function enqueue(at: At, name: string, subjectId: string, dueTime = at.now): void {
  at.tell({
    name: "jobs enqueue",
    text: ENQUEUE,
    values: [[v7()], [name], [subjectId], [dueTime.toISOString()]],
    rows: true,
    wakes: true,
  });
}
