import { type Actor, Actor_Kind } from "@guanxi/contract/guanxi/event/v1/event";
import type { HistoryEntry } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { where } from "@guanxi/kit/list";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";

/** A row that `record` has added beside the customer; `version` is the customer's. */
export interface HistoryState {
  readonly historyId: string;
  readonly field: string;
  readonly oldValue: string;
  readonly newValue: string;
  readonly reason: string;
  readonly time: Date;
  readonly actorKind: "user" | "service" | "import";
  readonly actorId: string;
  readonly actorName: string;
  readonly version: number;
}

/** A history of this form, under its table's name. */
export const historyOf = (tableName: string) =>
  table({
    entity: new EntitySchema<HistoryState>({
      name: tableName,
      tableName,
      columns: {
        historyId: { name: "history_id", type: "uuid", primary: true },
        field: { type: "text" },
        oldValue: { name: "old_value", type: "text" },
        newValue: { name: "new_value", type: "text" },
        reason: { type: "text" },
        time: { type: "timestamptz" },
        actorKind: { name: "actor_kind", type: "text" },
        actorId: { name: "actor_id", type: "text" },
        actorName: { name: "actor_name", type: "text" },
        version: { type: "int" },
      },
    }),
  });

export const customerHistory = historyOf("customer_history");

export const ofCustomer = (customerId: string) => where("customer_id = ?::uuid", customerId);

export const historyFields = catalogue<HistoryState>({ id: "history_id", side: "" }, [
  { name: "version", type: "int", stored: { column: "version" }, read: ({ version }) => BigInt(version) },
]);

export const presentHistory = (row: HistoryState): HistoryEntry => ({
  field: row.field,
  oldValue: row.oldValue,
  newValue: row.newValue,
  reason: row.reason,
  time: row.time,
  actor: actorOf(row),
});

const actorOf = ({ actorKind, actorId, actorName }: HistoryState): Actor => ({
  kind: ACTORS[actorKind],
  id: actorId,
  name: actorName,
});

const ACTORS = { user: Actor_Kind.USER, service: Actor_Kind.SERVICE, import: Actor_Kind.IMPORT } as const;
