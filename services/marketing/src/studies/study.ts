// What a study may be, and how it ends.
import { type MarketStudy, MarketStudy_Method } from "@guanxi/contract/guanxi/marketing/v1/market_study";
import { nameOf } from "@guanxi/kit/enum-names";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { refuseAny, sentDay, spanViolations } from "../dates.ts";
import type { StudyState } from "./study-state.ts";

export const create = (sent: MarketStudy, studyId: string, now: Date): StudyState => ({
  studyId,
  ...particulars(sent),
  state: "OPEN",
  closeTime: null,
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(before: StudyState, sent: MarketStudy, now: Date): StudyState {
  if (before.state === "CLOSED")
    throw refuse("precondition", "STUDY_CLOSED", "The study is closed: reopen it to change it.");
  return { ...before, ...particulars(sent), updateTime: now };
}

function particulars(sent: MarketStudy) {
  refuseAny(spanViolations("market_study", sent));
  const findings = sent.findings.map(({ text, evidence }) => ({ text, evidence }));
  return {
    title: sent.title,
    question: sent.question,
    method: nameOf(MarketStudy_Method, sent.method),
    sampleSize: sent.sampleSize,
    sample: sent.sample,
    startDate: sentDay(sent.startDate),
    endDate: sentDay(sent.endDate),
    findings,
    finding: findings.map(({ text, evidence }) => `${text}\n${evidence}`).join("\n"),
    competitorIds: sent.competitorIds.map((id) => id.toLowerCase()),
    ownerId: sent.ownerId.toLowerCase() || null,
  };
}

/** R120: whoever reads it must be able to judge it. */
export function close(before: StudyState, now: Date): StudyState {
  if (before.state === "CLOSED") return before;
  const violations = missing(before);
  if (violations.length > 0)
    throw refuse(
      "precondition",
      "STUDY_INCOMPLETE",
      "Say how it was found out, of how many, and what.",
      violations,
    );
  return { ...before, state: "CLOSED", closeTime: now, updateTime: now };
}

export const reopen = (before: StudyState, now: Date): StudyState =>
  before.state === "OPEN" ? before : { ...before, state: "OPEN", closeTime: null, updateTime: now };

function missing({ method, sampleSize, findings }: StudyState): Violation[] {
  const there = { method: method !== null, sample_size: sampleSize > 0, findings: findings.length > 0 };
  return Object.entries(there)
    .filter(([, isThere]) => !isThere)
    .map(([field]) => ({ field: `market_study.${field}`, description: "is needed", reason: "REQUIRED" }));
}
