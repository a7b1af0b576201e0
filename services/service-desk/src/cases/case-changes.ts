// Each time that a case stood elsewhere or was somebody else's, kept for ever: since when, by whom, and why (R082).
import { type Actor, Actor_Kind } from "@guanxi/contract/guanxi/event/v1/event";
import { Case_Priority, Case_Status } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { CaseChange } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { numberOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { history } from "@guanxi/kit/side";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { CasePriority, CaseState, CaseStatus } from "./case-state.ts";

/** A row that `record` has added beside the case. */
interface ChangeState {
  readonly changeId: string;
  readonly version: number;
  readonly time: Date;
  readonly status: CaseStatus;
  readonly priority: CasePriority;
  readonly queueId: string | null;
  readonly assigneeId: string | null;
  readonly escalationLevel: number;
  readonly reason: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
}

const TOLD = ["status", "priority", "queueId", "assigneeId", "escalationLevel"] as const;

export const changeSide = history<CaseState>(
  "case_changes",
  {
    version: "int",
    time: "timestamptz",
    status: "text",
    priority: "text",
    queue_id: "uuid",
    assignee_id: "uuid",
    escalation_level: "int",
    reason: "text",
    actor_kind: "text",
    actor_id: "text",
    actor_name: "text",
  },
  ({ before, after, principal, facts }) =>
    before && TOLD.every((field) => before[field] === after[field])
      ? []
      : [
          {
            version: after.version,
            time: after.updateTime,
            status: after.status,
            priority: after.priority,
            queue_id: after.queueId,
            assignee_id: after.assigneeId,
            escalation_level: after.escalationLevel,
            reason: typeof facts.reason === "string" ? facts.reason : "",
            actor_kind: principal.kind,
            actor_id: principal.id,
            actor_name: principal.name,
          },
        ],
);

export const caseChanges = table({
  entity: new EntitySchema<ChangeState>({
    name: "case_change",
    tableName: "case_changes",
    columns: {
      changeId: { name: "change_id", type: "uuid", primary: true },
      version: { type: "int" },
      time: { type: "timestamptz" },
      status: { type: "text" },
      priority: { type: "text" },
      queueId: { name: "queue_id", type: "uuid", nullable: true },
      assigneeId: { name: "assignee_id", type: "uuid", nullable: true },
      escalationLevel: { name: "escalation_level", type: "int" },
      reason: { type: "text" },
      actorKind: { name: "actor_kind", type: "text" },
      actorId: { name: "actor_id", type: "text" },
      actorName: { name: "actor_name", type: "text" },
    },
  }),
});

export const changeFields = catalogue<ChangeState>({ id: "change_id", side: "" }, [
  { name: "version", type: "int", stored: { column: "version" }, read: ({ version }) => BigInt(version) },
]);

export const ofCase = (caseId: string) => where("case_id = ?::uuid", caseId);

const ACTORS: Record<string, Actor_Kind> = {
  user: Actor_Kind.USER,
  service: Actor_Kind.SERVICE,
  import: Actor_Kind.IMPORT,
};

const actorOf = ({ actorKind, actorId, actorName }: ChangeState): Actor => ({
  kind: ACTORS[actorKind] ?? Actor_Kind.UNSPECIFIED,
  id: actorId,
  name: actorName,
});

export const presentChange = (change: ChangeState): CaseChange => ({
  version: change.version,
  time: change.time,
  status: numberOf(Case_Status, change.status),
  priority: numberOf(Case_Priority, change.priority),
  queueId: change.queueId ?? "",
  assigneeId: change.assigneeId ?? "",
  escalationLevel: change.escalationLevel,
  reason: change.reason,
  actor: actorOf(change),
});
