import {
  MarketStudy,
  MarketStudy_Method,
  MarketStudy_State,
} from "@guanxi/contract/guanxi/marketing/v1/market_study";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { side } from "@guanxi/kit/side";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import { presentStudy } from "./present.ts";
import type { StudyState } from "./study-state.ts";

const values = side<StudyState>(
  "market_study_values",
  { kind: "text", text_value: "text" },
  ({ competitorIds }) => competitorIds.map((id) => ({ kind: "competitor_id", text_value: id })),
);

export const studies = table({
  entity: new EntitySchema<StudyState>({
    name: "market_study",
    tableName: "market_studies",
    columns: {
      studyId: { name: "study_id", type: "uuid", primary: true },
      title: { type: "text" },
      question: { type: "text" },
      method: { type: "text", nullable: true },
      sampleSize: { name: "sample_size", type: "int" },
      sample: { type: "text" },
      startDate: { name: "start_date", type: "date", nullable: true },
      endDate: { name: "end_date", type: "date", nullable: true },
      findings: { type: "jsonb" },
      finding: { type: "text" },
      competitorIds: { name: "competitor_ids", type: "jsonb" },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      state: { type: "text" },
      closeTime: { name: "close_time", type: "timestamptz", nullable: true },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: MarketStudy,
  present: presentStudy,
  sides: [values],
});

/** What a condition over studies may name, as published at ListMarketStudiesRequest.filter. */
export const studyFields = catalogue<StudyState>({ id: "study_id", side: "market_study_values" }, [
  column("title", "text", ({ title }) => title),
  column("question", "text", ({ question }) => question),
  column("sample", "text", ({ sample }) => sample),
  column("finding", "text", ({ finding }) => finding),
  column("method", "enum", ({ method }) => method, { values: namesOf(MarketStudy_Method) }),
  column("state", "enum", ({ state }) => state, { values: namesOf(MarketStudy_State) }),
  {
    name: "competitor_ids",
    type: "tags",
    stored: { kind: "competitor_id" },
    read: ({ competitorIds }) => competitorIds,
  },
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("start_date", "date", ({ startDate }) => startDate),
  column("end_date", "date", ({ endDate }) => endDate),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

interface DrawnSegment {
  readonly segmentId: string;
  readonly segmentName: string;
  readonly planIds: string[];
}

/** R130: the segments that were drawn from a study, and the plans that chose one of them. */
export const segmentsDrawn = (at: At, studyId: string): Promise<DrawnSegment[]> =>
  named<DrawnSegment>(at, {
    name: "segments of study",
    text: `select s.segment_id as "segmentId", s.name as "segmentName",
        array(select v.plan_id::text from marketing_plan_values v
          where v.kind = 'target_segment_id' and v.text_value = s.segment_id::text order by v.plan_id) as "planIds"
      from segments s where s.study_id = $1 order by s.name, s.segment_id limit 200`,
    values: [studyId],
  });
