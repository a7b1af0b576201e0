import {
  type MarketStudy,
  MarketStudy_Method,
  MarketStudy_State,
} from "@guanxi/contract/guanxi/marketing/v1/market_study";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { StudyState } from "./study-state.ts";

/** The whole public state, as events carry it. */
export const presentStudy = (study: StudyState): MarketStudy => ({
  studyId: study.studyId,
  title: study.title,
  question: study.question,
  method: numberOf(MarketStudy_Method, study.method),
  sampleSize: study.sampleSize,
  sample: study.sample,
  startDate: dateOrNone(study.startDate),
  endDate: dateOrNone(study.endDate),
  findings: study.findings.map((finding) => ({ ...finding })),
  competitorIds: [...study.competitorIds],
  ownerId: study.ownerId ?? "",
  state: numberOf(MarketStudy_State, study.state),
  closeTime: study.closeTime ?? undefined,
  createTime: study.createTime,
  updateTime: study.updateTime,
  etag: etagOf(study),
});
