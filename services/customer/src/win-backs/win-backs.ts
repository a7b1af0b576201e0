import { ChurnReason } from "@guanxi/contract/guanxi/customer/v1/customer";
import { WinBack, WinBack_Outcome as Outcome } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { refuse } from "@guanxi/kit/refuse";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { present, type WinBackState } from "./win-back.ts";

export const winBacks = table({
  entity: new EntitySchema<WinBackState>({
    name: "win_back",
    tableName: "win_backs",
    columns: {
      winBackId: { name: "win_back_id", type: "uuid", primary: true },
      customerId: { name: "customer_id", type: "uuid" },
      churnReason: { name: "churn_reason", type: "text" },
      measure: { type: "text" },
      ownerId: { name: "owner_id", type: "uuid" },
      dueDate: { name: "due_date", type: "date" },
      outcome: { type: "text", nullable: true },
      outcomeNote: { name: "outcome_note", type: "text" },
      startTime: { name: "start_time", type: "timestamptz" },
      endTime: { name: "end_time", type: "timestamptz", nullable: true },
      version: { type: "int" },
    },
  }),
  message: WinBack,
  present,
  customerOf: ({ customerId }) => customerId,
  violations: {
    win_backs_running: () =>
      refuse("exists", "WIN_BACK_RUNNING", "Somebody tries to win this customer back already."),
  },
});

const column = (
  name: string,
  type: Exclude<Field["type"], "tags">,
  read: (winBack: WinBackState) => unknown,
  values?: readonly string[],
): Field<WinBackState> => ({ name, type, stored: { column: name }, read, ...(values && { values }) });

/** What a condition over win-backs may name, as published at ListWinBacksRequest.filter. */
export const winBackFields = catalogue<WinBackState>({ id: "win_back_id", side: "" }, [
  column("customer_id", "id", ({ customerId }) => customerId),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("churn_reason", "enum", ({ churnReason }) => churnReason, namesOf(ChurnReason)),
  column("outcome", "enum", ({ outcome }) => outcome, namesOf(Outcome)),
  column("due_date", "date", ({ dueDate }) => dueDate),
  column("start_time", "time", ({ startTime }) => startTime),
  column("end_time", "time", ({ endTime }) => endTime),
]);
