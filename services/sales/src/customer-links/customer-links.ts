// What of sales follows its customer when customers are merged, and goes to others when somebody leaves.
import { LeadAssigned } from "@guanxi/contract/guanxi/sales/v1/lead_events";
import {
  OpportunityChanged,
  OpportunityOwnerChanged,
} from "@guanxi/contract/guanxi/sales/v1/opportunity_events";
import { OrderChanged } from "@guanxi/contract/guanxi/sales/v1/order_events";
import { linked, mergeJobs } from "@guanxi/directory/follow-merges";
import { book, handOverJob } from "@guanxi/directory/hand-overs";
import { record } from "@guanxi/kit/store";
import { assign } from "../leads/lead.ts";
import type { LeadState } from "../leads/lead-state.ts";
import { leads } from "../leads/leads.ts";
import { opportunities } from "../opportunities/opportunities.ts";
import { reassign } from "../opportunities/opportunity.ts";
import type { OpportunityState } from "../opportunities/opportunity-state.ts";
import type { OrderState } from "../orders/order-state.ts";
import { orders } from "../orders/orders.ts";

const opportunityBook = book<OpportunityState>({
  table: opportunities,
  owner: "owner_id",
  customer: "customer_id",
  open: "stage_type = 'OPEN'",
  ownerOf: ({ ownerId }) => ownerId,
  give: (at, row, userId, reason) =>
    record(at, opportunities, reassign(row, userId, at.now), OpportunityOwnerChanged, { reason }),
});

const leadBook = book<LeadState>({
  table: leads,
  owner: "owner_id",
  open: "status not in ('CONVERTED', 'DISQUALIFIED')",
  ownerOf: ({ ownerId }) => ownerId,
  give: (at, row, userId, reason) => record(at, leads, assign(row, userId, at.now), LeadAssigned, { reason }),
});

const orderBook = book<OrderState>({
  table: orders,
  owner: "owner_id",
  customer: "customer_id",
  open: "status in ('DRAFT', 'CONFIRMED', 'FULFILLING')",
  ownerOf: ({ ownerId }) => ownerId,
  give: (at, row, ownerId) => record(at, orders, { ...row, ownerId, updateTime: at.now }, OrderChanged),
});

export const linkJobs = [
  ...mergeJobs("sales", [linked(opportunities, OpportunityChanged), linked(orders, OrderChanged)]),
  handOverJob("sales", [opportunityBook, leadBook, orderBook]),
];
