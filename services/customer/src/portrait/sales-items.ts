import { Opportunity } from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Order, Order_Kind, Order_Status } from "@guanxi/contract/guanxi/sales/v1/order";
import { Stage_Type } from "@guanxi/contract/guanxi/sales/v1/pipeline";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { followItems } from "./follow-items.ts";

const UNDER_WAY: readonly number[] = [Order_Status.CONFIRMED, Order_Status.FULFILLING];

const followOrders = followItems("sales", Order, (order, { meta }) => {
  const { status, orderDate, orderTime, netAmount, orderNumber } = order;
  const date = orderDate ? dayOf(orderDate) : null;
  return {
    kind: "order",
    status: nameOf(Order_Status, status) ?? "",
    open: UNDER_WAY.includes(status) && order.kind !== Order_Kind.RETURN,
    // Only the day is known of most that are imported; among those of one day the order does not matter.
    time: orderTime ?? (date ? new Date(date) : meta.time!),
    date,
    amount: netAmount,
    body: { orderNumber, creditNote: order.kind === Order_Kind.RETURN },
  };
});

const followOpportunities = followItems("sales", Opportunity, (opportunity, { meta }) => {
  const { stageType, createTime, expectedCloseDate, amount } = opportunity;
  const { displayName, stageId, probability, nextStep, nextStepDate, ownerId } = opportunity;
  return {
    kind: "opportunity",
    status: nameOf(Stage_Type, stageType) ?? "",
    open: stageType === Stage_Type.OPEN,
    time: createTime ?? meta.time!,
    date: expectedCloseDate ? dayOf(expectedCloseDate) : null,
    amount,
    body: {
      displayName,
      stageId,
      probability,
      nextStep,
      nextStepDate: nextStepDate ? dayOf(nextStepDate) : null,
      ownerId,
    },
  };
});

export const salesItems = [followOrders, followOpportunities];
