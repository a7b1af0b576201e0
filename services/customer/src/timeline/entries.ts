import type { At } from "@guanxi/kit/at";
import { arraysOf, wire } from "@guanxi/kit/columns";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import type { EntryState } from "./entry.ts";

/** Those that have events of customers. Each has a table of its own, of one form. */
const TIMELINE_AREAS = [
  "customer",
  "sales",
  "service_desk",
  "interaction",
  "analytics",
  "marketing",
] as const;
export type TimelineArea = (typeof TIMELINE_AREAS)[number];

const entryTable = new EntitySchema<EntryState>({
  name: "timeline_entry",
  tableName: "timeline_customer",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    entryId: { name: "entry_id", type: "uuid", primary: true },
    customerId: { name: "customer_id", type: "uuid" },
    time: { type: "timestamptz" },
    toldTime: { name: "told_time", type: "timestamptz" },
    area: { type: "text" },
    kind: { type: "text" },
    resource: { type: "text" },
    minor: { type: "bool" },
    aggregateType: { name: "aggregate_type", type: "text" },
    aggregateId: { name: "aggregate_id", type: "uuid" },
    version: { type: "int" },
    channel: { type: "text", nullable: true },
    direction: { type: "text", nullable: true },
    actorKind: { name: "actor_kind", type: "text" },
    actorId: { name: "actor_id", type: "text" },
    actorName: { name: "actor_name", type: "text" },
    origin: { type: "text" },
    title: { type: "text" },
    number: { type: "text" },
    amountMicros: { name: "amount_micros", type: "bigint", nullable: true },
    currencyCode: { name: "currency_code", type: "text", nullable: true },
  } as never, // the tenant is the database's business, so no part of the state
});

/** Of one area; those of the others have the same form. */
export const timelineEntries = table({ entity: entryTable });

/** All areas, of a customer under every id that it has had. */
export const ofCustomers = (ids: readonly string[]) => ({
  selects: TIMELINE_AREAS.map((area) =>
    timelineEntries.select.replace(/ from \w+$/, ` from timeline_${area}`),
  ),
  by: ids.map((id) => where("customer_id = ?::uuid", id)),
});

export const entryFields = catalogue<EntryState>({ id: "entry_id", side: "" }, [
  { name: "time", type: "time", stored: { column: "time" }, read: ({ time }) => time },
  { name: "told_time", type: "time", stored: { column: "told_time" }, read: ({ toldTime }) => toldTime },
  { name: "area", type: "text", stored: { column: "area" }, read: ({ area }) => area },
  { name: "kind", type: "text", stored: { column: "kind" }, read: ({ kind }) => kind },
  { name: "channel", type: "text", stored: { column: "channel" }, read: ({ channel }) => channel },
  { name: "direction", type: "text", stored: { column: "direction" }, read: ({ direction }) => direction },
  {
    name: "actor_kind",
    type: "text",
    stored: { column: "actor_kind" },
    read: ({ actorKind }) => actorKind,
  },
  { name: "actor_id", type: "text", stored: { column: "actor_id" }, read: ({ actorId }) => actorId },
  { name: "origin", type: "text", stored: { column: "origin" }, read: ({ origin }) => origin },
  {
    name: "link_type",
    type: "text",
    stored: { column: "aggregate_type" },
    read: ({ aggregateType }) => aggregateType,
  },
  {
    name: "link_id",
    type: "id",
    stored: { column: "aggregate_id" },
    read: ({ aggregateId }) => aggregateId,
  },
  {
    name: "amount",
    type: "decimal",
    stored: { column: "amount_micros" },
    read: ({ amountMicros }) => amountMicros,
  },
]);

export const notMinor = where("not minor");

export const ofResources = (resources: readonly string[]) => where("resource = any(?::text[])", resources);

/** What has an entry already has the same again, so it stays. */
export function keepEntries(at: At, area: TimelineArea, entries: readonly EntryState[]): void {
  if (entries.length === 0) return;
  const { columns } = timelineEntries;
  const names = columns.map(({ name }) => name).join(", ");
  at.tell({
    name: `timeline ${area} keep`,
    text: `
insert into timeline_${area} (${names}) select ${names} from ${arraysOf(columns)} as i (${names})
on conflict (tenant_id, entry_id) do nothing`,
    values: columns.map(({ field, type }) =>
      entries.map((entry) => wire(type, entry[field as keyof EntryState])),
    ),
    rows: true,
  });
}

/** What has another customer now has had its whole past with it. */
export function moveEntries(at: At, area: TimelineArea, customerOf: ReadonlyMap<string, string>): void {
  if (customerOf.size === 0) return;
  at.tell({
    name: `timeline ${area} move`,
    text: `
update timeline_${area} t set customer_id = i.customer_id
from unnest($1::uuid[], $2::uuid[]) as i (aggregate_id, customer_id)
where t.aggregate_id = i.aggregate_id and t.customer_id <> i.customer_id`,
    values: [[...customerOf.keys()], [...customerOf.values()]],
    rows: true,
  });
}
