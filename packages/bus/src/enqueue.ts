import type { At } from "@guanxi/kit/at";
import { v7 } from "uuid";

// What is due is found by the clock of the database: a process whose own is ahead would put off what is to be done at once.
const ENQUEUE = `insert into jobs (job_id, name, subject_id, due_time)
  select job_id, name, subject_id, coalesce(due_time, now())
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[]) as asked (job_id, name, subject_id, due_time)
  on conflict (tenant_id, name, subject_id) do update
    set job_id = excluded.job_id, due_time = excluded.due_time, attempts = 0, error = null`;

/**
 * Something to be done, at once unless a time is said, written down together with what makes it due. There is one job of a
 * name for a subject: asked for while it runs, it gets a new id, and so is done once more afterwards.
 */
export function enqueue(at: At, name: string, subjectId: string, dueTime?: Date): void {
  at.tell({
    name: "jobs enqueue",
    text: ENQUEUE,
    values: [[v7()], [name], [subjectId], [dueTime?.toISOString() ?? null]],
    rows: true,
    wakes: true,
  });
}

// A row that is due early enough is left alone, and not locked: what wakes a job often must not stand in line for it.
const WAKE = `insert into jobs (job_id, name, subject_id, due_time)
  select distinct on (name, subject_id) job_id, name, subject_id, coalesce(due_time, now())
  from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamptz[]) as asked (job_id, name, subject_id, due_time)
  where not exists (select from jobs j where j.name = asked.name and j.subject_id = asked.subject_id
    and j.due_time <= coalesce(asked.due_time, now()))
  order by name, subject_id, coalesce(due_time, now())
  on conflict (tenant_id, name, subject_id) do update
    set job_id = excluded.job_id, due_time = least(jobs.due_time, excluded.due_time), attempts = 0, error = null`;

/**
 * Like enqueue, but what is due earlier stays so. A job that is at its end does not see this: whoever wakes it so, and the
 * job before it ends, must hold a lock against each other.
 */
export function wake(at: At, name: string, subjectId: string, dueTime?: Date): void {
  at.tell({
    name: "jobs wake",
    text: WAKE,
    values: [[v7()], [name], [subjectId], [dueTime?.toISOString() ?? null]],
    rows: true,
    wakes: true,
  });
}

/** Takes a job away that has nothing more to do: the lock of its last look and this are one transaction. */
export function dismiss(at: At, name: string, subjectId: string): void {
  at.tell({
    name: "jobs dismiss",
    text: "delete from jobs where name = $1 and subject_id = $2",
    values: [name, subjectId],
  });
}
