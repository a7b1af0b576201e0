import { ForecastCategory, Pipeline, Stage_Type as Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { expect, test } from "vitest";
import { change, create, firstOf, firstPipeline, type PipelineState, stageIn } from "./pipeline.ts";
import { present } from "./pipelines.ts";

const now = new Date("2026-03-01T12:00:00Z");
const first = firstPipeline("p", now);
const stage = (stageId: string, type: Type, defaultProbability: number, more: object = {}) => ({
  stageId,
  displayName: stageId,
  type,
  defaultProbability,
  ...more,
});
const good = [stage("talk", Type.OPEN, 30), stage("yes", Type.WON, 100), stage("no", Type.LOST, 0)];
const sent = (stages: object[], more: object = {}) =>
  Pipeline.fromPartial({ displayName: "渠道", stages, ...more } as never);
const make = (stages: object[]) => create(sent(stages), "p", now);
const violationOf = (field: string) =>
  expect.objectContaining({ violations: expect.arrayContaining([expect.objectContaining({ field })]) });

test("every tenant begins with the stages of the vocabulary, and they keep the rules", () => {
  expect(
    first.stages.map(({ displayName, defaultProbability }) => [displayName, defaultProbability]),
  ).toEqual([
    ["Prospecting", 10],
    ["Qualification", 20],
    ["Needs Analysis", 30],
    ["Proposal", 50],
    ["Negotiation", 75],
    ["Closed Won", 100],
    ["Closed Lost", 0],
  ]);
  expect(create(present(first), "p", now)).toEqual(first);
});

test("a stage is forecast by its type where nothing else is said", () => {
  expect(make(good).stages.map(({ forecastCategory }) => forecastCategory)).toEqual([
    "PIPELINE",
    "CLOSED",
    "OMITTED",
  ]);
  const committed = stage("talk", Type.OPEN, 30, { forecastCategory: ForecastCategory.COMMIT });
  expect(make([committed, ...good.slice(1)]).stages[0]!.forecastCategory).toBe("COMMIT");
});

test.for([
  ["pipeline.stages", good.slice(1)],
  ["pipeline.stages", [good[0]!, good[1]!]],
  ["pipeline.stages", [good[0]!, good[2]!]],
  ["pipeline.stages", [...good, good[0]!]],
  ["pipeline.stages[1].default_probability", [good[0]!, stage("yes", Type.WON, 90), good[2]!]],
  ["pipeline.stages[2].default_probability", [good[0]!, good[1]!, stage("no", Type.LOST, 1)]],
  [
    "pipeline.stages[0].forecast_category",
    [stage("talk", Type.OPEN, 30, { forecastCategory: ForecastCategory.CLOSED }), good[1]!, good[2]!],
  ],
  [
    "pipeline.stages[1].forecast_category",
    [good[0]!, stage("yes", Type.WON, 100, { forecastCategory: ForecastCategory.COMMIT }), good[2]!],
  ],
] as const)("%s: %o", ([field, stages]) => {
  expect(() => make([...stages])).toThrow(violationOf(field));
});

test("a stage in use stays, with its type", () => {
  const pipeline: PipelineState = { ...make(good), version: 1 };
  const change_ = (stages: object[], inUse: string[]) => change(pipeline, sent(stages), inUse, now);
  const more = [...good, stage("later", Type.OPEN, 40)];
  expect(change_(more, ["talk", "yes"]).stages).toHaveLength(4);
  const another = [stage("other", Type.OPEN, 30), good[1]!, good[2]!];
  expect(change_(another, []).stages[0]!.stageId).toBe("other");
  expect(() => change_(another, ["talk"])).toThrow(expect.objectContaining({ reason: "STAGE_IN_USE" }));
  const swapped = [stage("talk", Type.LOST, 0), ...another];
  expect(() => change_(swapped, ["talk"])).toThrow(expect.objectContaining({ reason: "STAGE_IN_USE" }));
});

test("the default one stays it until another is", () => {
  expect(() => change(first, { ...present(first), default: false }, [], now)).toThrow(
    violationOf("pipeline.default"),
  );
});

test("stages are found by id, and by type the first", () => {
  expect(firstOf(first, "OPEN").stageId).toBe("prospecting");
  expect(firstOf(first, "LOST").stageId).toBe("closed_lost");
  expect(stageIn(first, "proposal")?.defaultProbability).toBe(50);
  expect(stageIn(first, "nowhere")).toBeUndefined();
});
