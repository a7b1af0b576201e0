import { Segment, Segment_State } from "@guanxi/contract/guanxi/customer/v1/segment";
import type { At } from "@guanxi/kit/at";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field, type FieldType } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { refuse } from "@guanxi/kit/refuse";
import { named } from "@guanxi/kit/store";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { present } from "./present.ts";
import type { SegmentState } from "./segment.ts";

export const segments = table({
  entity: new EntitySchema<SegmentState>({
    name: "segment",
    tableName: "segments",
    columns: {
      segmentId: { name: "segment_id", type: "uuid", primary: true },
      name: { type: "text" },
      description: { type: "text" },
      condition: { type: "text" },
      policy: { type: "jsonb", nullable: true },
      studyId: { name: "study_id", type: "uuid", nullable: true },
      state: { type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Segment,
  present,
  violations: {
    segments_name: () =>
      refuse("exists", "SEGMENT_EXISTS", "There is a segment with this name.", [
        { field: "segment.name", description: "is taken", reason: "TAKEN" },
      ]),
  },
});

const column = (
  name: string,
  type: Exclude<FieldType, "tags">,
  read: Field<SegmentState>["read"],
  more: Partial<Field<SegmentState>> = {},
): Field<SegmentState> => ({ name, type, stored: { column: name }, read, ...more });

export const segmentFields = catalogue<SegmentState>({ id: "segment_id", side: "" }, [
  column("name", "text", ({ name }) => name),
  column("state", "enum", ({ state }) => state, { values: namesOf(Segment_State) }),
  column("study_id", "id", ({ studyId }) => studyId),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);

export const kept = where("state <> 'ARCHIVED'");

/** Each customer that changes is held against all of them. */
const MOST_SEGMENTS = 200;

/** Those in which customers enter and leave. */
export const keptSegments = (at: At): Promise<SegmentState[]> =>
  named<SegmentState>(at, {
    name: "segments kept",
    text: `${segments.select} where ${kept.text} order by segment_id`,
    values: [],
  });

/** Segments are drawn one after the other: each counts those before it. */
export async function requireRoom(at: At): Promise<void> {
  at.claim("segments all");
  await named(at, {
    name: "segments hold",
    text: "select pg_advisory_xact_lock(hashtextextended('segments ' || tenant()::text, 0))",
    values: [],
  });
  if ((await keptSegments(at)).length < MOST_SEGMENTS) return;
  const advice = `There are ${MOST_SEGMENTS} segments: archive one that is not needed any more.`;
  throw refuse("precondition", "TOO_MANY_SEGMENTS", advice);
}
