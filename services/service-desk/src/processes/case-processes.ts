import { Case_Kind } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseProcess } from "@guanxi/contract/guanxi/service_desk/v1/case_process";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { CaseKind, CaseState } from "../cases/case-state.ts";
import { column } from "../columns.ts";
import { type CaseProcessState, present, stepsForCase } from "./case-process.ts";

export const caseProcesses = table({
  entity: new EntitySchema<CaseProcessState>({
    name: "case_process",
    tableName: "case_processes",
    columns: {
      caseProcessId: { name: "case_process_id", type: "uuid", primary: true },
      displayName: { name: "display_name", type: "text" },
      kind: { type: "text" },
      queueId: { name: "queue_id", type: "uuid", nullable: true },
      steps: { type: "jsonb" },
      stepsVersion: { name: "steps_version", type: "int" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: CaseProcess,
  present,
  violations: {
    case_processes_by_kind: () =>
      refuse("exists", "PROCESS_EXISTS", "There is a process for this kind in this queue already."),
  },
});

export const caseProcessFields = catalogue<CaseProcessState>({ id: "case_process_id", side: "" }, [
  column("kind", "enum", ({ kind }) => kind, { values: namesOf(Case_Kind) }),
  column("queue_id", "id", ({ queueId }) => queueId),
  column("create_time", "time", ({ createTime }) => createTime),
]);

/** The steps that hold for a case: of its queue, else of all. */
export const stepsFor = async (at: At, kind: CaseKind, queueId: string | null) =>
  (await stepsForAll(at, [{ kind, queueId }]))({ kind, queueId });

type Place = Pick<CaseState, "kind" | "queueId">;

/** Of many cases, asked for once. */
export async function stepsForAll(at: At, places: readonly Place[]) {
  const kinds = [...new Set(places.map(({ kind }) => kind))];
  const queueIds = [...new Set(places.flatMap(({ queueId }) => queueId ?? []))];
  const processes = await named<CaseProcessState>(at, {
    name: "case processes for",
    text: `${caseProcesses.select} where kind = any($1::text[])
      and (queue_id is null or queue_id = any($2::uuid[])) order by queue_id nulls last`,
    values: [kinds, queueIds],
  });
  return ({ kind, queueId }: Place) =>
    stepsForCase(
      processes.find((each) => each.kind === kind && (each.queueId === null || each.queueId === queueId)),
    );
}
