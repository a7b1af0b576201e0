// What a need is and how it may change.
import { type Need, Need_Importance, NeedSource_Kind } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse } from "@guanxi/kit/refuse";
import type { NeedState, NeedStatus } from "./need-state.ts";

interface NeedSetting {
  readonly now: Date;
  readonly today: string;
}

/** `sourceKey` names it in what another service tells. */
export function identify(sent: Need, needId: string, { now }: NeedSetting, sourceKey?: string): NeedState {
  return {
    needId,
    ...particulars(sent),
    customerId: idOf(sent.customerId),
    ...sourceOf(sent),
    sourceKey: sourceKey ?? null,
    status: "IDENTIFIED",
    statusSinceTime: now,
    declineReason: "",
    satisfiedDate: null,
    toldTime: null,
    reopenCount: 0,
    identifyTime: pastTime(sent.identifyTime, now),
    createTime: now,
    updateTime: now,
    version: 0,
  };
}

export const change = (need: NeedState, sent: Need, now: Date): NeedState => ({
  ...need,
  ...particulars(sent),
  updateTime: now,
});

const idOf = (id: string) => id.toLowerCase() || null;

const particulars = (sent: Need) => ({
  statement: sent.statement,
  contactId: idOf(sent.contactId),
  productId: idOf(sent.productId),
  opportunityId: idOf(sent.opportunityId),
  caseId: idOf(sent.caseId),
  importance: nameOf(Need_Importance, sent.importance) ?? ("NORMAL" as const),
  custom: sent.custom,
  ownerId: idOf(sent.ownerId),
});

const sourceOf = ({ source }: Need) => ({
  sourceKind: nameOf(NeedSource_Kind, source?.kind ?? 0) ?? ("OTHER" as const),
  sourceId: source?.id || null,
  sourceNote: source?.note ?? "",
});

function pastTime(time: Date | undefined, now: Date): Date {
  if (!time || time <= now) return time ?? now;
  throw refuse("invalid", "INVALID_REQUEST", "A need is known of since a time that has been.", [
    { field: "identify_time", description: "must not be in the future", reason: "FUTURE_TIME" },
  ]);
}

const OVER: readonly NeedStatus[] = ["SATISFIED", "DECLINED"];
/** What MoveNeed may do; all else has a verb of its own. */
const WALKED: readonly NeedStatus[] = ["CONFIRMED", "PLANNED", "IN_PROGRESS"];

/** The same need where it is there already. */
export function move(need: NeedState, status: NeedStatus, now: Date): NeedState {
  if (need.status === status) return need;
  if (OVER.includes(need.status) || !WALKED.includes(status)) throw illegalMove(need, status);
  return entered(need, status, now);
}

/** The same need where it is met already. */
export function satisfy(need: NeedState, { now, today }: NeedSetting): NeedState {
  if (need.status === "SATISFIED") return need;
  if (OVER.includes(need.status)) throw illegalMove(need, "SATISFIED");
  const toldTime = need.customerId === null ? null : now;
  return { ...entered(need, "SATISFIED", now), satisfiedDate: today, toldTime };
}

/** The same need where it is declined already. */
export function decline(need: NeedState, reason: string, now: Date): NeedState {
  if (need.status === "DECLINED") return need;
  if (OVER.includes(need.status)) throw illegalMove(need, "DECLINED");
  return { ...entered(need, "DECLINED", now), declineReason: reason };
}

/** What was said of its end holds no more; the history keeps it. */
export function reopen(need: NeedState, now: Date): NeedState {
  if (!OVER.includes(need.status)) throw illegalMove(need, "REOPENED");
  const { reopenCount } = need;
  return {
    ...entered(need, "REOPENED", now),
    declineReason: "",
    satisfiedDate: null,
    toldTime: null,
    reopenCount: reopenCount + 1,
  };
}

const entered = (need: NeedState, status: NeedStatus, now: Date): NeedState => ({
  ...need,
  status,
  statusSinceTime: now,
  updateTime: now,
});

function illegalMove({ status }: NeedState, wanted: NeedStatus) {
  const ways = OVER.includes(status)
    ? "reopen it first"
    : `it may become ${[...WALKED, ...OVER].filter((each) => each !== status).join(" or ")}`;
  return refuse("precondition", "ILLEGAL_MOVE", `The need is ${status}: ${ways}, not ${wanted}.`);
}
