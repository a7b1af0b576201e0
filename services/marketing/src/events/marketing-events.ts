import { MarketingEvent, MarketingEvent_State } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import type { EventState } from "./event-state.ts";
import { presentEvent } from "./present.ts";

export const marketingEvents = table({
  entity: new EntitySchema<EventState>({
    name: "marketing_event",
    tableName: "marketing_events",
    columns: {
      eventId: { name: "event_id", type: "uuid", primary: true },
      name: { type: "text" },
      description: { type: "text" },
      place: { type: "text" },
      startTime: { name: "start_time", type: "timestamptz" },
      endTime: { name: "end_time", type: "timestamptz" },
      capacity: { type: "int" },
      campaignId: { name: "campaign_id", type: "uuid", nullable: true },
      followUp: { name: "follow_up", type: "text" },
      followUpDays: { name: "follow_up_days", type: "int" },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      state: { type: "text" },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: MarketingEvent,
  present: presentEvent,
});

/** What a condition over events may name, as published at ListMarketingEventsRequest.filter. */
export const eventFields = catalogue<EventState>({ id: "event_id", side: "" }, [
  column("name", "text", ({ name }) => name),
  column("place", "text", ({ place }) => place),
  column("state", "enum", ({ state }) => state, { values: namesOf(MarketingEvent_State) }),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("campaign_id", "id", ({ campaignId }) => campaignId),
  column("start_time", "time", ({ startTime }) => startTime),
  column("end_time", "time", ({ endTime }) => endTime),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
