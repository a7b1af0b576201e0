import { LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Playbook } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import type { PlaybookRun } from "@guanxi/contract/guanxi/marketing/v1/playbook_run";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { PlaybookState, RunState } from "./playbook-state.ts";

/** The whole public state, as events carry it. */
export const presentPlaybook = ({ version, ...it }: PlaybookState): Playbook => ({
  ...it,
  stage: numberOf(LifecycleStage, it.stage),
  tasks: it.tasks.map((task) => ({ ...task })),
  campaignId: it.campaignId ?? "",
  etag: etagOf({ version }),
});

export const presentRun = ({ version, ...it }: RunState): PlaybookRun => ({
  ...it,
  stage: numberOf(LifecycleStage, it.stage),
  tasks: it.tasks.map((task) => ({ ...task })),
  campaignId: it.campaignId ?? "",
  etag: etagOf({ version }),
});
