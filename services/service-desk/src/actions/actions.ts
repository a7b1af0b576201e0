import { Case_RootCause } from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  CorrectiveAction,
  CorrectiveAction_State,
} from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { namesOf } from "@guanxi/kit/enum-names";
import { catalogue } from "@guanxi/kit/filter/catalogue";
import { side } from "@guanxi/kit/side";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { column } from "../columns.ts";
import type { ActionState } from "./action-state.ts";
import { present } from "./present.ts";

/** To be joined with the feedback. */
const feedbackSide = side<ActionState>(
  "corrective_action_feedbacks",
  { feedback_id: "uuid" },
  ({ feedbackIds }) => feedbackIds.map((feedback_id) => ({ feedback_id })),
);

export const actions = table({
  entity: new EntitySchema<ActionState>({
    name: "corrective_action",
    tableName: "corrective_actions",
    columns: {
      correctiveActionId: { name: "corrective_action_id", type: "uuid", primary: true },
      title: { type: "text" },
      description: { type: "text" },
      rootCause: { name: "root_cause", type: "text", nullable: true },
      ownerId: { name: "owner_id", type: "uuid", nullable: true },
      dueDate: { name: "due_date", type: "date", nullable: true },
      productId: { name: "product_id", type: "uuid", nullable: true },
      feedbackIds: { name: "feedback_ids", type: "jsonb" },
      state: { type: "text" },
      stateSinceTime: { name: "state_since_time", type: "timestamptz" },
      effectNote: { name: "effect_note", type: "text" },
      customerMessage: { name: "customer_message", type: "text" },
      cancelReason: { name: "cancel_reason", type: "text" },
      completeTime: { name: "complete_time", type: "timestamptz", nullable: true },
      linkedCount: { name: "linked_count", type: "int" },
      toldCount: { name: "told_count", type: "int" },
      withoutCustomerCount: { name: "without_customer_count", type: "int" },
      toldCustomerCount: { name: "told_customer_count", type: "int" },
      tellTime: { name: "tell_time", type: "timestamptz", nullable: true },
      createTime: { name: "create_time", type: "timestamptz" },
      updateTime: { name: "update_time", type: "timestamptz" },
      version: { type: "int" },
    },
  }),
  message: CorrectiveAction,
  present,
  sides: [feedbackSide],
});

/** What a condition over corrective actions may name, as published at ListCorrectiveActionsRequest.filter. */
export const actionFields = catalogue<ActionState>({ id: "corrective_action_id", side: "" }, [
  column("state", "enum", ({ state }) => state, { values: namesOf(CorrectiveAction_State) }),
  column("root_cause", "enum", ({ rootCause }) => rootCause, { values: namesOf(Case_RootCause) }),
  column("owner_id", "id", ({ ownerId }) => ownerId),
  column("product_id", "id", ({ productId }) => productId),
  column("due_date", "date", ({ dueDate }) => dueDate),
  column("complete_time", "time", ({ completeTime }) => completeTime),
  column("create_time", "time", ({ createTime }) => createTime),
  column("update_time", "time", ({ updateTime }) => updateTime),
]);
