import { Case_RootCause } from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  type CorrectiveAction,
  CorrectiveAction_State,
} from "@guanxi/contract/guanxi/service_desk/v1/corrective_action";
import { dateOrNone } from "@guanxi/kit/days";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { ActionState } from "./action-state.ts";

/** The whole public state, as events carry it. */
export const present = (action: ActionState): CorrectiveAction => ({
  correctiveActionId: action.correctiveActionId,
  title: action.title,
  description: action.description,
  rootCause: numberOf(Case_RootCause, action.rootCause),
  ownerId: action.ownerId ?? "",
  dueDate: dateOrNone(action.dueDate),
  productId: action.productId ?? "",
  feedbackIds: [...action.feedbackIds],
  state: numberOf(CorrectiveAction_State, action.state),
  stateSinceTime: action.stateSinceTime,
  effectNote: action.effectNote,
  customerMessage: action.customerMessage,
  cancelReason: action.cancelReason,
  completeTime: action.completeTime ?? undefined,
  linkedCount: action.linkedCount,
  toldCount: action.toldCount,
  withoutCustomerCount: action.withoutCustomerCount,
  toldCustomerCount: action.toldCustomerCount,
  tellTime: action.tellTime ?? undefined,
  createTime: action.createTime,
  updateTime: action.updateTime,
  etag: etagOf(action),
});
