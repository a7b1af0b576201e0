import { ReturnVisit } from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import { catalogue, type Field } from "@guanxi/kit/filter/catalogue";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { present, type ReturnVisitState } from "./return-visit.ts";

const returnVisitTable = new EntitySchema<ReturnVisitState>({
  name: "return_visit",
  tableName: "return_visits",
  columns: {
    tenantId: { name: "tenant_id", type: "uuid", primary: true, select: false },
    returnVisitId: { name: "return_visit_id", type: "uuid", primary: true },
    taskId: { name: "task_id", type: "uuid", nullable: true },
    customerId: { name: "customer_id", type: "uuid" },
    contactId: { name: "contact_id", type: "uuid", nullable: true },
    channel: { type: "text" },
    rating: { type: "int" },
    answers: { type: "jsonb" },
    needs: { type: "jsonb" },
    userId: { name: "user_id", type: "uuid", nullable: true },
    interactionId: { name: "interaction_id", type: "uuid" },
    eventTime: { name: "event_time", type: "timestamptz" },
    createTime: { name: "create_time", type: "timestamptz" },
    version: { type: "int" },
  } as never, // the tenant is the database's business, so no part of the state
});

export const returnVisits = table({
  entity: returnVisitTable,
  message: ReturnVisit,
  present,
  customerOf: ({ customerId }) => customerId,
});

const column = (
  name: string,
  type: "id" | "int" | "time",
  read: (visit: ReturnVisitState) => unknown,
): Field<ReturnVisitState> => ({ name, type, stored: { column: name }, read });

/** What a condition over return visits may name, as published at ListReturnVisitsRequest.filter. */
export const returnVisitFields = catalogue<ReturnVisitState>({ id: "return_visit_id", side: "" }, [
  column("event_time", "time", ({ eventTime }) => eventTime),
  column("create_time", "time", ({ createTime }) => createTime),
  column("customer_id", "id", ({ customerId }) => customerId),
  column("task_id", "id", ({ taskId }) => taskId),
  column("user_id", "id", ({ userId }) => userId),
  column("rating", "int", ({ rating }) => rating),
]);
