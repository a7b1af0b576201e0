// What a playbook may be, and how it begins for a customer.
import { LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Playbook } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuseAny } from "../dates.ts";
import { madeId } from "@guanxi/kit/made-id";
import type { PlaybookState, RunState } from "./playbook-state.ts";

export const create = (sent: Playbook, playbookId: string, now: Date): PlaybookState => ({
  playbookId,
  ...particulars(sent),
  createTime: now,
  updateTime: now,
  version: 0,
});

export const change = (before: PlaybookState, sent: Playbook, now: Date): PlaybookState => ({
  ...before,
  ...particulars(sent),
  updateTime: now,
});

function particulars(sent: Playbook) {
  if (sent.tasks.length === 0 && sent.campaignId === "")
    refuseAny([
      { field: "playbook.tasks", description: "needs a task, or a campaign", reason: "EMPTY_PLAYBOOK" },
    ]);
  return {
    name: sent.name,
    stage: nameOf(LifecycleStage, sent.stage)!, // required by the contract
    tasks: sent.tasks.map(({ title, note, dueDays, assigneeId }) => ({
      title,
      note,
      dueDays,
      assigneeId: assigneeId.toLowerCase(),
    })),
    campaignId: sent.campaignId.toLowerCase() || null,
    active: sent.active,
  };
}

interface Entry {
  readonly tenantId: string;
  readonly customerId: string;
  readonly since: Date;
}

/** The same run for the same entry into the stage, however often it is heard of. */
export const begin = (
  playbook: PlaybookState,
  { tenantId, customerId, since }: Entry,
  now: Date,
): RunState => ({
  runId: madeId(tenantId, "playbook run", playbook.playbookId, customerId, since.toISOString()),
  playbookId: playbook.playbookId,
  playbookName: playbook.name,
  customerId,
  stage: playbook.stage,
  stageSinceTime: since,
  tasks: playbook.tasks,
  campaignId: playbook.campaignId,
  createTime: now,
  version: 0,
});
