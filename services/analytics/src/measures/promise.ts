// A promise with a due time, in the form that lets every instant be judged by one comparison.
import type { SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import type { NameOf } from "@guanxi/kit/enum-names";

export type PromiseState = NameOf<typeof SlaTarget_State>;

export interface Judged {
  readonly state: PromiseState | null;
  /** From when on it counts as met or broken; null where it counts neither way. */
  readonly judgeTime: Date | null;
}

export const NOT_PROMISED: Judged = { state: null, judgeTime: null };

/** What is answered late was broken at the due time; what has no answer will be. */
export function judge(dueTime: Date | undefined, answerTime: Date | undefined): Judged {
  if (!dueTime) return NOT_PROMISED;
  if (!answerTime) return { state: "RUNNING", judgeTime: dueTime };
  return answerTime <= dueTime
    ? { state: "MET", judgeTime: answerTime }
    : { state: "BREACHED", judgeTime: dueTime };
}
