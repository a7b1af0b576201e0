import { Queue } from "@guanxi/contract/guanxi/service_desk/v1/queue";
import type { At } from "@guanxi/kit/at";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { find, named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { requireUser } from "@guanxi/kit/users";
import { EntitySchema } from "typeorm";
import { OPEN } from "../cases/case-status.ts";
import { column } from "../columns.ts";
import { present, type QueueState } from "./queue.ts";

export const queues = table({
  entity: new EntitySchema<QueueState>({
    name: "queue",
    tableName: "queues",
    columns: {
      queueId: { name: "queue_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      description: { type: "text" },
      leadId: { name: "lead_id", type: "uuid", nullable: true },
      members: { type: "jsonb" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Queue,
  present,
  violations: {
    queues_by_name: () => refuse("exists", "QUEUE_EXISTS", "Another queue has this name already."),
  },
});

export const queueFields = catalogue<QueueState>({ id: "queue_id", side: "" }, [
  column("display_name", "text", ({ displayName }) => displayName),
  column("lead_id", "id", ({ leadId }) => leadId),
  column("create_time", "time", ({ createTime }) => createTime),
]);

/** Refuses a queue that is not there; none is as good as one. */
export async function requireQueues(at: At, queueIds: readonly string[], field: string): Promise<void> {
  const ids = [...new Set(queueIds.map((id) => id.toLowerCase()).filter((id) => id !== ""))];
  const known = new Set((await find(at, queues, ids)).map(({ queueId }) => queueId));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown === undefined) return;
  throw refuse("invalid", "UNKNOWN_QUEUE", `There is no queue ${unknown} here.`, [
    { field, description: "is no queue here", reason: "UNKNOWN_QUEUE" },
  ]);
}

/** Only who is new is looked at: somebody who has left may stay in the list until it is next put in order. */
export async function requirePeople(at: At, after: QueueState, before?: QueueState): Promise<void> {
  const known = new Set(before?.members.map(({ userId }) => userId));
  const fresh = after.members.map(({ userId }) => userId).filter((id) => !known.has(id));
  await Promise.all([
    requireUser(at, after.leadId === before?.leadId ? "" : (after.leadId ?? ""), "queue.lead_id"),
    ...fresh.map((id) => requireUser(at, id, "queue.members")),
  ]);
}

export interface Load {
  readonly userId: string;
  /** Open cases of this queue. */
  readonly cases: number;
  readonly lastAssignTime: Date | null;
}

/**
 * What the members of a queue have to do, less who may not sign in any more. Only under the lock of the queue is it what
 * a case may be given by: the case itself counts for nothing, and one queue alone, since nobody could lock all the queues that somebody is in.
 */
export async function memberLoads(
  at: At,
  { queueId, members }: QueueState,
  exceptCaseId: string,
): Promise<Load[]> {
  const rows = await named<Omit<Load, "cases"> & { cases: bigint }>(at, {
    name: "queue member loads",
    text: `
select p.principal_id as "userId", work.cases, last.assign_time as "lastAssignTime"
from principals p
cross join lateral (
  select count(*) as cases from cases c
  where c.assignee_id = p.principal_id and c.status = any($3::text[]) and c.queue_id = $1
    and c.case_id <> $4
) work
left join lateral (
  select c.assign_time from cases c where c.assignee_id = p.principal_id and c.queue_id = $1
  order by c.assign_time desc limit 1
) last on true
where p.principal_id = any($2::uuid[]) and p.active`,
    values: [queueId, members.map(({ userId }) => userId), OPEN, exceptCaseId],
  });
  return rows.map((row) => ({ ...row, cases: Number(row.cases) }));
}
