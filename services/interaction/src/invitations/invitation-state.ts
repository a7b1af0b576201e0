// The row of an invitation.
import type {
  SurveyInvitation_Standing,
  SurveyInvitation_State,
  SurveyInvitation_SuppressReason,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { StoredQuestion } from "../surveys/survey-state.ts";

export type Standing = NameOf<typeof SurveyInvitation_Standing>;
export type SuppressReason = NameOf<typeof SurveyInvitation_SuppressReason>;

/** Absent is null, so that has() of a condition is true of what is there. */
export interface InvitationState extends Subject {
  readonly surveyInvitationId: string;
  readonly surveyId: string;
  readonly surveyName: string;
  readonly customerId: string | null;
  readonly state: NameOf<typeof SurveyInvitation_State>;
  readonly suppressReason: SuppressReason | null;
  readonly answers: readonly StoredAnswer[];
  readonly standing: Standing | null;
  readonly sendTime: Date | null;
  readonly openTime: Date | null;
  readonly answerTime: Date | null;
  readonly answerDate: string | null;
  /** Null where nobody was asked, as for an import or an answer at the desk. */
  readonly expireTime: Date | null;
  readonly occasionKey: string;
  readonly tokenHash: string | null;
  readonly messageId: string | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

/** What it is about. */
export interface Subject {
  readonly contactId: string | null;
  readonly caseId: string | null;
  readonly interactionId: string | null;
  readonly productId: string | null;
  readonly agentId: string | null;
}

export interface StoredAnswer {
  readonly questionCode: string;
  readonly kind: StoredQuestion["kind"];
  readonly scaleMin: number;
  readonly scaleMax: number;
  readonly score: number | null;
  readonly text: string;
  readonly choices: readonly string[];
}
