// How a customer comes to life and changes.
import { isDeepStrictEqual } from "node:util";
import {
  type Customer,
  Customer_Kind,
  CustomerClass,
  Grade,
  LifecycleStage,
  RelationshipLevel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import { refuse } from "@guanxi/kit/refuse";
import { nameOf } from "@guanxi/kit/enum-names";
import { completenessOf } from "./completeness.ts";
import type { CustomerState, Setting } from "./customer-state.ts";
import { firstTouch, particulars } from "./particulars.ts";

/** A new customer from what was sent; what only the service says is left out of it. */
export function register(sent: Customer, customerId: string, setting: Setting): CustomerState {
  const { now, today } = setting;
  const grade = nameOf(Grade, sent.grade);
  const level = nameOf(RelationshipLevel, sent.relationshipLevel);
  return withDerived({
    ...particulars(sent, undefined, setting),
    customerId,
    kind: nameOf(Customer_Kind, sent.kind) ?? "PERSON",
    ...firstTouch(sent, now),
    consents: [],
    tags: sorted(sent.tags),
    categoryId: sent.categoryId || null,
    ownerId: sent.ownerId || null,
    lifecycleStage: nameOf(LifecycleStage, sent.lifecycleStage) ?? "PROSPECT",
    lifecycleStageSinceTime: now,
    customerClass: nameOf(CustomerClass, sent.customerClass) ?? "POTENTIAL",
    customerClassSinceTime: now,
    grade,
    gradeSinceTime: grade && now,
    gradeSource: grade && "MANUAL",
    relationshipLevel: level,
    relationshipLevelSinceTime: level && now,
    mergedIntoCustomerId: null,
    absorbedCustomerIds: [],
    traits: [],
    referrerCustomerId: sent.referrerCustomerId || null,
    churnReason: null,
    churnNote: "",
    loyalty: "POTENTIAL",
    ownerSinceTime: now,
    touches: [],
    state: "ACTIVE",
    createTime: now,
    createDate: today,
    updateTime: now,
    version: 0,
    ...NOT_YET_DERIVED,
  });
}

/** The customer with other particulars; those with a verb of their own stay. */
export function change(customer: CustomerState, sent: Customer, setting: Setting): CustomerState {
  requireSameSource(customer, sent, setting.now);
  return withDerived({ ...customer, ...particulars(sent, customer, setting), updateTime: setting.now });
}

/** Later touches never overwrite the first; a mask may name a part of the source, so all of it is compared. */
function requireSameSource(customer: CustomerState, sent: Customer, now: Date): void {
  const { sourceChannel, sourceDetail, sourceCampaign, firstTouchTime } = customer;
  const before = { sourceChannel, sourceDetail, sourceCampaign, firstTouchTime };
  if (isDeepStrictEqual(firstTouch(sent, now), before)) return;
  throw refuse("invalid", "INVALID_REQUEST", "Where a customer came from never changes: leave source out.", [
    { field: "customer.source", description: "never changes", reason: "IMMUTABLE" },
  ]);
}

const NOT_YET_DERIVED = { core: false, completeness: 0 };

/** With what follows from the rest of it. */
export function withDerived(customer: CustomerState): CustomerState {
  const core = customer.partyRoles.some((role) => role === "BUYER" || role === "SUPPLIER");
  return { ...customer, core, completeness: completenessOf(customer) };
}

export const archive = (customer: CustomerState, now: Date): CustomerState =>
  customer.state === "ARCHIVED" ? customer : { ...customer, state: "ARCHIVED", updateTime: now };

export const restore = (customer: CustomerState, now: Date): CustomerState =>
  customer.state === "ACTIVE" ? customer : { ...customer, state: "ACTIVE", updateTime: now };

const MOST_TAGS = 100;

export function tag(customer: CustomerState, tags: readonly string[], now: Date): CustomerState {
  const all = sorted([...customer.tags, ...tags]);
  if (all.length > MOST_TAGS) {
    throw refuse("precondition", "TOO_MANY_TAGS", `A customer has at most ${MOST_TAGS} tags.`);
  }
  return all.length === customer.tags.length ? customer : { ...customer, tags: all, updateTime: now };
}

export function untag(customer: CustomerState, tags: readonly string[], now: Date): CustomerState {
  const left = customer.tags.filter((each) => !tags.includes(each));
  return left.length === customer.tags.length ? customer : { ...customer, tags: left, updateTime: now };
}

const sorted = (tags: readonly string[]) => [...new Set(tags)].sort();

export const reassign = (customer: CustomerState, ownerId: string | null, now: Date): CustomerState =>
  customer.ownerId === ownerId
    ? customer
    : withDerived({ ...customer, ownerId, ownerSinceTime: now, updateTime: now });

export const reclassify = (customer: CustomerState, categoryId: string | null, now: Date): CustomerState =>
  customer.categoryId === categoryId ? customer : { ...customer, categoryId, updateTime: now };

/** Stage, class and level: judged apart from each other, each with the time since when it is so. */
export type Judged = "lifecycleStage" | "customerClass" | "relationshipLevel";

export function judge<F extends Judged>(
  customer: CustomerState,
  field: F,
  value: CustomerState[F],
  now: Date,
): CustomerState {
  return judged(customer, field, value, now);
}

function judged<F extends Judged | "grade">(
  customer: CustomerState,
  field: F,
  value: CustomerState[F],
  now: Date,
): CustomerState {
  if (customer[field] === value) return customer;
  return { ...customer, [field]: value, [`${field}SinceTime`]: value && now, updateTime: now };
}

type GradeName = CustomerState["grade"];

export const gradeSourceOf = ({ grade, gradeSource }: CustomerState): CustomerState["gradeSource"] =>
  grade && (gradeSource ?? "MANUAL");

/** A person's word. Taking the grade away hands it back to the value model, whose last word is `found`. */
export function grade(customer: CustomerState, said: GradeName, found: GradeName, now: Date): CustomerState {
  const source = said ? "MANUAL" : found && "MODEL";
  if (customer.grade === (said ?? found) && gradeSourceOf(customer) === source) return customer;
  return { ...judged(customer, "grade", said ?? found, now), gradeSource: source, updateTime: now };
}

/** The value model's word, which leaves alone what a person gave. */
export function gradeByModel(customer: CustomerState, found: GradeName, now: Date): CustomerState {
  if (gradeSourceOf(customer) === "MANUAL" || customer.grade === found) return customer;
  return { ...judged(customer, "grade", found, now), gradeSource: found && "MODEL" };
}
