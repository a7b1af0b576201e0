// The rows of a survey and of its runs.
import type { SurveyQuestion_Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import type {
  Survey_State,
  Survey_Trigger,
  SurveyRun_State,
} from "@guanxi/contract/guanxi/interaction/v1/survey";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface SurveyState {
  readonly surveyId: string;
  readonly displayName: string;
  readonly questions: readonly StoredQuestion[];
  readonly texts: readonly StoredText[];
  readonly languageCode: string;
  readonly state: NameOf<typeof Survey_State>;
  readonly trigger: NameOf<typeof Survey_Trigger>;
  readonly intervalDays: number;
  readonly startDate: string | null;
  readonly sendHour: number;
  readonly samplePercent: number;
  readonly fatigueDays: number;
  readonly validDays: number;
  readonly recoveryScore: number | null;
  readonly topic: string;
  readonly nextRunTime: Date | null;
  readonly activateTime: Date | null;
  readonly copiedFromId: string | null;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface StoredQuestion {
  readonly code: string;
  readonly kind: NameOf<typeof SurveyQuestion_Kind>;
  readonly text: string;
  readonly scaleMin: number;
  readonly scaleMax: number;
  readonly choices: readonly string[];
  readonly required: boolean;
}

export interface StoredText {
  readonly languageCode: string;
  readonly subject: string;
  readonly introduction: string;
  readonly thanks: string;
  readonly questions: Readonly<Record<string, string>>;
}

export interface SurveyRunState extends RunCounts {
  readonly surveyRunId: string;
  readonly surveyId: string;
  readonly state: NameOf<typeof SurveyRun_State>;
  readonly runDate: string;
  readonly visited: number;
  readonly lastCustomerId: string | null;
  readonly createTime: Date;
  readonly endTime: Date | null;
  readonly updateTime: Date;
  readonly version: number;
}

/** What became of everybody who was looked at. */
export interface RunCounts {
  readonly asked: number;
  readonly sampledOut: number;
  readonly fatigued: number;
  readonly noConsent: number;
  readonly unreachable: number;
}
