import { Customer } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { CreateCustomerRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { referrerOf } from "../../referrals/referrals.ts";
import { namesOf } from "../../identities/identity.ts";
import { findAlike } from "../alike.ts";
import { register } from "../customer.ts";
import { customers, requireFree } from "../customers.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { answer } from "../present.ts";
import { settingOf } from "../setting.ts";

const MOST_CANDIDATES = 10;

export const createCustomer = command<CreateCustomerRequest, Customer>(async (request, at) => {
  const sent = Customer.fromPartial(request.customer ?? {});
  const [setting, referrerCustomerId] = await Promise.all([
    settingOf(at),
    referrerOf(at, sent.referrerCustomerId, "customer.referrer_customer_id"),
    requireUser(at, sent.ownerId, "customer.owner_id"),
  ]);
  const customer = register({ ...sent, referrerCustomerId }, at.newId(), setting);
  const [, alike] = await Promise.all([
    // First, though all go out together: what is read behind it is what others have left who came for the same customer.
    oneAtATime(at, namesOf(customer)),
    findAlike(at, customer, MOST_CANDIDATES),
    requireFree(at, customer),
  ]);
  // Whose number this is, only those learn who may read numbers.
  const duplicateCandidates = at.may("customer", "read_personal") ? alike : [];
  const recorded = record(at, customers, customer, CustomerRegistered);
  return { ...answer(recorded, at), duplicateCandidates };
});
