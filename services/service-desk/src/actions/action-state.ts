import type { CorrectiveAction_State } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import type { State } from "@guanxi/kit/columns";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { CaseRootCause } from "../cases/case-state.ts";

/** Absent is null, so that has() of a condition is true of what is there. */
export interface ActionState extends State {
  readonly correctiveActionId: string;
  readonly title: string;
  readonly description: string;
  readonly rootCause: CaseRootCause | null;
  readonly ownerId: string | null;
  readonly dueDate: string | null;
  readonly productId: string | null;
  readonly feedbackIds: readonly string[];
  readonly state: NameOf<typeof CorrectiveAction_State>;
  readonly stateSinceTime: Date;
  readonly effectNote: string;
  readonly customerMessage: string;
  readonly cancelReason: string;
  readonly completeTime: Date | null;
  readonly linkedCount: number;
  readonly toldCount: number;
  readonly withoutCustomerCount: number;
  readonly toldCustomerCount: number;
  readonly tellTime: Date | null;
  readonly createTime: Date;
  readonly updateTime: Date;
}
