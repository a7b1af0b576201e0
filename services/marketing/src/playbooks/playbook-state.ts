// The rows of a playbook and of its runs.
import type { LifecycleStage } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { PlaybookTask } from "@guanxi/contract/guanxi/marketing/v1/playbook";
import type { NameOf } from "@guanxi/kit/enum-names";

export type Stage = NameOf<typeof LifecycleStage>;

export interface PlaybookState {
  readonly playbookId: string;
  readonly name: string;
  readonly stage: Stage;
  readonly tasks: readonly PlaybookTask[];
  readonly campaignId: string | null;
  readonly active: boolean;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface RunState {
  readonly runId: string;
  readonly playbookId: string;
  readonly playbookName: string;
  readonly customerId: string;
  readonly stage: Stage;
  readonly stageSinceTime: Date;
  readonly tasks: readonly PlaybookTask[];
  readonly campaignId: string | null;
  readonly createTime: Date;
  readonly version: number;
}
