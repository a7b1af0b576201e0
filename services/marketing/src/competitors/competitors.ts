import { Competitor, Competitor_State } from "@guanxi/contract/guanxi/marketing/v1/competitor";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import type { CompetitorState } from "./competitor-state.ts";
import { presentCompetitor } from "./present.ts";

export const competitors = table({
  entity: new EntitySchema<CompetitorState>({
    name: "competitor",
    tableName: "competitors",
    columns: {
      competitorId: { name: "competitor_id", type: "uuid", primary: true },
      name: { type: "text" },
      website: { type: "text" },
      strengths: { type: "jsonb" },
      weaknesses: { type: "jsonb" },
      products: { type: "jsonb" },
      note: { type: "text" },
      state: { type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: Competitor,
  present: presentCompetitor,
  violations: {
    competitors_by_name: () =>
      refuse("exists", "COMPETITOR_EXISTS", "There is a competitor of this name: change that one."),
  },
});

/** What a condition over competitors may name, as published at ListCompetitorsRequest.filter. */
export const competitorFields = catalogue<CompetitorState>({ id: "competitor_id", side: "" }, [
  column("name", "text", ({ name }) => name),
  column("note", "text", ({ note }) => note),
  column("state", "enum", ({ state }) => state, { values: namesOf(Competitor_State) }),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
