import { LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Playbook } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import { PlaybookRun } from "@guanxi/contract/guanxi/marketing/v1/playbook_run";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import type { PlaybookState, RunState, Stage } from "./playbook-state.ts";
import { presentPlaybook, presentRun } from "./present.ts";

export const playbooks = table({
  entity: new EntitySchema<PlaybookState>({
    name: "playbook",
    tableName: "playbooks",
    columns: {
      playbookId: { name: "playbook_id", type: "uuid", primary: true },
      name: { type: "text" },
      stage: { type: "text" },
      tasks: { type: "jsonb" },
      campaignId: { name: "campaign_id", type: "uuid", nullable: true },
      active: { type: "bool" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Playbook,
  present: presentPlaybook,
});

/** What a condition over playbooks may name, as published at ListPlaybooksRequest.filter. */
export const playbookFields = catalogue<PlaybookState>({ id: "playbook_id", side: "" }, [
  column("stage", "enum", ({ stage }) => stage, { values: namesOf(LifecycleStage) }),
  column("active", "bool", ({ active }) => active),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

export const runs = table({
  entity: new EntitySchema<RunState>({
    name: "playbook_run",
    tableName: "playbook_runs",
    columns: {
      runId: { name: "run_id", type: "uuid", primary: true },
      playbookId: { name: "playbook_id", type: "uuid" },
      playbookName: { name: "playbook_name", type: "text" },
      customerId: { name: "customer_id", type: "uuid" },
      stage: { type: "text" },
      stageSinceTime: { name: "stage_since_time", type: "timestamptz" },
      tasks: { type: "jsonb" },
      campaignId: { name: "campaign_id", type: "uuid", nullable: true },
      createTime: { name: "create_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: PlaybookRun,
  present: presentRun,
  customerOf: ({ customerId }) => customerId,
});

/** What a condition over runs may name, as published at ListPlaybookRunsRequest.filter. */
export const runFields = catalogue<RunState>({ id: "run_id", side: "" }, [
  column("create_time", "time", ({ createTime }) => createTime),
  column("playbook_id", "id", ({ playbookId }) => playbookId),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("campaign_id", "id", ({ campaignId }) => campaignId),
  column("stage", "enum", ({ stage }) => stage, { values: namesOf(LifecycleStage) }),
]);

/** Those for a stage that are not kept for later. */
export const playbooksOf = (at: At, stage: Stage): Promise<PlaybookState[]> =>
  named<PlaybookState>(at, {
    name: "playbooks of stage",
    text: `${playbooks.select} where stage = $1 and active order by playbook_id`,
    values: [stage],
  });
