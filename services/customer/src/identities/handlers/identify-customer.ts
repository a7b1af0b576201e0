import {
  ContactPoint,
  ContactPoint_Kind as PointKind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer, Customer_Kind, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered, CustomerTouched } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type {
  IdentifyCustomerRequest,
  IdentifyCustomerResponse,
} from "@guanxi/contract/guanxi/customer/v1/identification_service";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { record } from "@guanxi/kit/store";
import { requireUser } from "@guanxi/kit/users";
import { findAlike } from "../../customers/alike.ts";
import { register } from "../../customers/customer.ts";
import type { CustomerState, Setting } from "../../customers/customer-state.ts";
import { customers, requireFree } from "../../customers/customers.ts";
import { answer, presentTouch } from "../../customers/present.ts";
import { settingOf } from "../../customers/setting.ts";
import { type Arrival, identityOf, type Identity, type MatchedBy, missing } from "../identity.ts";
import { arrive, findKnown } from "../recognition.ts";

const MOST_CANDIDATES = 10;

export const identifyCustomer = command<IdentifyCustomerRequest, IdentifyCustomerResponse>(
  async (request, at) => {
    const time = request.time ?? at.now;
    if (time > at.now)
      throw refuse("invalid", "INVALID_REQUEST", "The request does not keep the rules.", [
        { field: "time", description: "must not be in the future" },
      ]);
    const setting = await settingOf(at);
    const kind = nameOf(Customer_Kind, request.customer!.kind) ?? "PERSON";
    const identity = identityOf(request, kind, setting);
    const match = await findKnown(at, identity);
    if (!match) return created(at, request, setting);
    const arrival = { channel: nameOf(Source_Channel, request.channel), time, now: at.now };
    return recognised(at, match, { identity, arrival });
  },
);

async function recognised(
  at: At,
  { customer, by }: { customer: CustomerState; by: MatchedBy },
  how: { identity: Identity; arrival: Arrival },
): Promise<IdentifyCustomerResponse> {
  const after = await arrive(at, customer, how);
  const touch = after.touches.find(({ channel }) => channel === how.arrival.channel)!;
  const facts = { touch: presentTouch(touch), matchedBy: by };
  const recorded = record(at, customers, after, CustomerTouched, facts);
  return {
    customer: at.may("customer", "read")
      ? answer(recorded, at)
      : Customer.fromPartial({ customerId: recorded.customerId }),
    matchedBy: by,
    created: false,
    // To others it would tell what the customer is known by.
    notKept: at.may("customer", "update") ? missing(recorded, how.identity) : [],
  };
}

async function created(
  at: At,
  request: IdentifyCustomerRequest,
  setting: Setting,
): Promise<IdentifyCustomerResponse> {
  const sent = at.check(Customer, newcomer(request, at), "customer");
  await requireUser(at, sent.ownerId, "customer.owner_id");
  const customer = register(sent, at.newId(), setting);
  const [alike] = await Promise.all([findAlike(at, customer, MOST_CANDIDATES), requireFree(at, customer)]);
  const duplicateCandidates = at.may("customer", "read_personal") ? alike : [];
  const recorded = record(at, customers, customer, CustomerRegistered);
  return {
    customer: { ...answer(recorded, at), duplicateCandidates },
    matchedBy: "",
    created: true,
    notKept: [],
  };
}

/** What was sent of a new customer, with the identities and the way that it came. */
function newcomer(request: IdentifyCustomerRequest, at: At): Customer {
  const sent = Customer.fromPartial(request.customer ?? {});
  const points = [
    { kind: PointKind.EMAIL, value: request.email },
    { kind: PointKind.PHONE, value: request.phone },
  ]
    .filter(({ value }) => value && !sent.contactPoints.some((point) => point.value === value))
    .map((point) => ContactPoint.fromPartial(point));
  const isNew = ({ system, id }: Customer["externalIds"][number]) =>
    !sent.externalIds.some((each) => each.system === system && each.id === id);
  return {
    ...sent,
    creditCode: request.creditCode || sent.creditCode,
    contactPoints: [...sent.contactPoints, ...points],
    externalIds: [...sent.externalIds, ...request.externalIds.filter(isNew)],
    source: {
      channel: request.channel,
      detail: sent.source?.detail ?? "",
      campaign: sent.source?.campaign ?? "",
      firstTouchTime: request.time ?? at.now,
    },
  };
}
