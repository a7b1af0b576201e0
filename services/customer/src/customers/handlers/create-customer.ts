import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { CreateCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { findAlike } from "../alike.ts";
import { register } from "../customer.ts";
import { customers, requireFree } from "../customers.ts";
import { requireUser } from "../owners.ts";
import { answer } from "../present.ts";
import { settingOf } from "../setting.ts";

const MOST_CANDIDATES = 10;

export const createCustomer = command<CreateCustomerRequest, Customer>(async (request, at) => {
  const sent = Customer.fromPartial(request.customer ?? {});
  const [setting] = await Promise.all([settingOf(at), requireUser(at, sent.ownerId, "customer.owner_id")]);
  const customer = register(sent, at.newId(), setting);
  const [alike] = await Promise.all([findAlike(at, customer, MOST_CANDIDATES), requireFree(at, customer)]);
  // Whose number this is, only those learn who may read numbers.
  const duplicateCandidates = at.may("customer", "read_personal") ? alike : [];
  const recorded = record(at, customers, customer, CustomerRegistered);
  return { ...answer(recorded, at), duplicateCandidates };
});
