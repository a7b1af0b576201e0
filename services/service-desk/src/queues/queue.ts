// What a queue is.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Queue } from "@guanxi/contract/guanxi/service_desk/v1/queue";
import { nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { invalid } from "../cases/case.ts";
import type { CaseGrade } from "../cases/case-state.ts";

export interface QueueState {
  readonly queueId: string;
  readonly displayName: string;
  readonly description: string;
  readonly leadId: string | null;
  readonly members: readonly Member[];
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface Member {
  readonly userId: string;
  readonly skills: readonly string[];
  readonly grades: readonly CaseGrade[];
  readonly capacity: number;
}

export const create = (sent: Queue, queueId: string, now: Date): QueueState => ({
  queueId,
  ...particulars(sent),
  createTime: now,
  updateTime: now,
  version: 0,
});

export const change = (queue: QueueState, sent: Queue, now: Date): QueueState => ({
  ...queue,
  ...particulars(sent),
  updateTime: now,
});

function particulars({ displayName, description, leadId, members }: Queue) {
  const ids = members.map(({ userId }) => userId.toLowerCase());
  if (new Set(ids).size < ids.length)
    throw invalid([{ field: "queue.members", description: "must not name a user twice" }]);
  return {
    displayName,
    description,
    leadId: leadId.toLowerCase() || null,
    members: members.map(({ userId, skills, grades, capacity }) => ({
      userId: userId.toLowerCase(),
      skills,
      grades: grades.flatMap((grade) => nameOf(Grade, grade) ?? []),
      capacity,
    })),
  };
}

/** The whole public state, as events carry it. */
export const present = (queue: QueueState): Queue => ({
  queueId: queue.queueId,
  displayName: queue.displayName,
  description: queue.description,
  leadId: queue.leadId ?? "",
  members: queue.members.map(({ skills, grades, ...member }) => ({
    ...member,
    skills: [...skills],
    grades: grades.map((grade) => numberOf(Grade, grade)),
  })),
  createTime: queue.createTime,
  updateTime: queue.updateTime,
  etag: etagOf(queue),
});
