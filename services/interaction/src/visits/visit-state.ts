// The row of a visit.
import type { Interaction_Outcome } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { Visit_State } from "@guanxi/contract/guanxi/interaction/v1/visit";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface VisitState {
  readonly visitId: string;
  readonly customerId: string;
  readonly contactId: string | null;
  readonly userId: string | null;
  readonly plannedStartTime: Date;
  readonly plannedEndTime: Date;
  readonly place: string;
  readonly purpose: string;
  readonly state: NameOf<typeof Visit_State>;
  readonly missed: boolean;
  /** The planned end whose passing was said, so that it is said once. */
  readonly missedTime: Date | null;
  readonly checkIn: StoredCheckIn | null;
  readonly notes: string;
  readonly outcome: NameOf<typeof Interaction_Outcome> | null;
  readonly learned: { readonly facts: readonly string[]; readonly nothingNew: boolean } | null;
  readonly nextStep: { readonly title: string; readonly dueTime: string } | null;
  readonly nextStepTaskId: string | null;
  readonly interactionId: string | null;
  readonly opportunityId: string | null;
  readonly caseId: string | null;
  readonly endTime: Date | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredCheckIn {
  /** ISO, since jsonb knows no time. */
  readonly time: string;
  readonly position: {
    readonly latitude: number;
    readonly longitude: number;
    readonly accuracyMetres: number;
  } | null;
  readonly place: string;
  readonly minutesLate: number;
}
