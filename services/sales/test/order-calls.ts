// What the tests ask of orders and leads, in a few words each.
import type { Lead } from "@guanxi/contract/guanxi/sales/v1/lead";
import {
  AssignLeadRequest,
  ConvertLeadRequest,
  CreateLeadRequest,
  DisqualifyLeadRequest,
  LeadServiceService as leadRpc,
  ListLeadsRequest,
  MoveLeadRequest,
  QualifyLeadRequest,
  RecycleLeadRequest,
  UpdateLeadRequest,
} from "@guanxi/contract/guanxi/sales/v1/lead_service";
import type { Order } from "@guanxi/contract/guanxi/sales/v1/order";
import {
  CancelOrderRequest,
  ConfirmOrderRequest,
  CreateOrderRequest,
  FulfilOrderRequest,
  ListOrdersRequest,
  OrderServiceService as orderRpc,
  ReturnOrderRequest,
  StartOrderFulfilmentRequest,
  UpdateOrderRequest,
} from "@guanxi/contract/guanxi/sales/v1/order_service";
import type { TestUser } from "@guanxi/testkit/service";
import { yuan } from "./calls.ts";

export const createOrder = (user: TestUser, order: object = {}, requestId = "") =>
  user.call(
    orderRpc.createOrder,
    CreateOrderRequest.fromPartial({
      order: { lines: [{ productCode: "85123A", quantity: "6", listPrice: yuan(2, 550_000_000) }], ...order },
      requestId,
    }),
  );

export const getOrder = (user: TestUser, orderId: string) => user.call(orderRpc.getOrder, { orderId });

export const updateOrder = (user: TestUser, before: Order, order: object, updateMask?: string[]) =>
  user.call(
    orderRpc.updateOrder,
    UpdateOrderRequest.fromPartial({
      order: { ...order, orderId: before.orderId },
      updateMask,
      etag: before.etag,
    }),
  );

export const listOrders = (user: TestUser, request: Partial<ListOrdersRequest> = {}) =>
  user.call(orderRpc.listOrders, ListOrdersRequest.fromPartial(request));

export const confirm = (user: TestUser, orderId: string, etag = "") =>
  user.call(orderRpc.confirmOrder, ConfirmOrderRequest.fromPartial({ orderId, etag }));
export const startFulfilment = (user: TestUser, orderId: string) =>
  user.call(orderRpc.startOrderFulfilment, StartOrderFulfilmentRequest.fromPartial({ orderId }));
export const fulfil = (user: TestUser, orderId: string) =>
  user.call(orderRpc.fulfilOrder, FulfilOrderRequest.fromPartial({ orderId }));
export const cancel = (user: TestUser, orderId: string, reason = "changed their mind") =>
  user.call(orderRpc.cancelOrder, CancelOrderRequest.fromPartial({ orderId, reason }));
export const giveBack = (user: TestUser, orderId: string, reason = "broken") =>
  user.call(orderRpc.returnOrder, ReturnOrderRequest.fromPartial({ orderId, reason }));

export const createLead = (user: TestUser, lead: object = {}, requestId = "") =>
  user.call(
    leadRpc.createLead,
    CreateLeadRequest.fromPartial({
      lead: { personName: "王芳", organisationName: "北京华新", email: "wang@huaxin.cn", ...lead },
      requestId,
    }),
  );

export const getLead = (user: TestUser, leadId: string) => user.call(leadRpc.getLead, { leadId });

export const updateLead = (user: TestUser, before: Lead, lead: object, updateMask?: string[]) =>
  user.call(
    leadRpc.updateLead,
    UpdateLeadRequest.fromPartial({
      lead: { ...lead, leadId: before.leadId },
      updateMask,
      etag: before.etag,
    }),
  );

export const listLeads = (user: TestUser, request: Partial<ListLeadsRequest> = {}) =>
  user.call(leadRpc.listLeads, ListLeadsRequest.fromPartial(request));

export const assign = (user: TestUser, leadId: string, ownerId: string) =>
  user.call(leadRpc.assignLead, AssignLeadRequest.fromPartial({ leadId, ownerId, reason: "by region" }));
export const moveLead = (user: TestUser, leadId: string, status: Lead["status"]) =>
  user.call(leadRpc.moveLead, MoveLeadRequest.fromPartial({ leadId, status }));
export const qualify = (user: TestUser, leadId: string, qualification?: object) =>
  user.call(
    leadRpc.qualifyLead,
    QualifyLeadRequest.fromPartial({ leadId, ...(qualification && { qualification }) }),
  );
export const disqualify = (user: TestUser, leadId: string, disqualifyReason: number, note = "") =>
  user.call(
    leadRpc.disqualifyLead,
    DisqualifyLeadRequest.fromPartial({ leadId, disqualifyReason: disqualifyReason as never, note }),
  );
export const recycle = (user: TestUser, leadId: string) =>
  user.call(leadRpc.recycleLead, RecycleLeadRequest.fromPartial({ leadId, reason: "asks again" }));
export const convert = (user: TestUser, leadId: string, more: object = {}) =>
  user.call(leadRpc.convertLead, ConvertLeadRequest.fromPartial({ leadId, ...more }));
