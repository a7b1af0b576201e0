// Whose word holds when several customers become one.
import { isDeepStrictEqual } from "node:util";
import { type ContactPoint } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { StoredConsent } from "../contact-points/consents.ts";
import type { CustomerState, StoredTouch, StoredTrait } from "../customers/customer-state.ts";
import { addTouches } from "../customers/touches.ts";
import { FIELDS, isField, LIST_NAMES, type Slots, slotsOf } from "./slots.ts";

/** By field, the customer whose word holds, also where it says nothing. */
export type Picks = Readonly<Record<string, string>>;

export interface Part {
  readonly customerId: string;
  readonly slots: Slots;
  readonly updateTime: string;
}

export const partOf = (customer: CustomerState): Part => ({
  customerId: customer.customerId,
  slots: slotsOf(customer),
  updateTime: customer.updateTime.toISOString(),
});

/** The first is the survivor. */
export function combine(parts: readonly Part[], picks: Picks): Slots {
  const result = new Map<string, unknown>();
  for (const field of fieldsOf(parts)) {
    const value = pickOf(field, parts, picks)?.slots.get(field);
    if (value !== undefined) result.set(field, withoutSelf(field, value, parts));
  }
  for (const { slots } of parts)
    for (const [slot, item] of slots) {
      if (isField(slot)) continue;
      const other = result.get(slot);
      result.set(slot, other === undefined ? item : together(slot, other, item));
    }
  return onePrimaryOfAKind(result);
}

/** All that any of them has, in the order of the contract. */
export function fieldsOf(parts: readonly Part[]): string[] {
  const custom = parts.flatMap(({ slots }) => [...slots.keys()].filter((slot) => slot.startsWith("custom.")));
  return [...new Set([...Object.keys(FIELDS), ...custom.sort()])];
}

/** Where it came from is the earliest, whoever says it: what can be picked are the others. */
export const isPickable = (field: string) => isField(field) && field !== "source";

/** Whose word holds: as picked, else the survivor's, else that of the one changed last that says something. */
export function pickOf(field: string, parts: readonly Part[], picks: Picks): Part | undefined {
  const said = parts.filter(({ slots }) => !isEmpty(slots.get(field)));
  if (field === "source") return earliest(parts, said);
  const picked = parts.find(({ customerId }) => customerId === picks[field]);
  if (picked) return picked;
  const [survivor] = parts;
  if (survivor && said.includes(survivor)) return survivor;
  return said.toSorted((a, b) => compare(b.updateTime, a.updateTime))[0] ?? survivor;
}

const earliest = (parts: readonly Part[], said: readonly Part[]) =>
  (said.length > 0 ? said : parts).toSorted((a, b) => compare(firstTouchOf(a), firstTouchOf(b)))[0];

const firstTouchOf = ({ slots }: Part) => (slots.get("source") as { firstTouchTime: string }).firstTouchTime;
const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Of a field the first column says whether there is something. Zero and false are something. */
function isEmpty(value: unknown): boolean {
  if (value === undefined) return true;
  const [first] = Object.values(value as object);
  return first === null || first === "" || first === undefined;
}

/** A customer that was sent by one whom it is the same as was sent by nobody. */
function withoutSelf(field: string, value: unknown, parts: readonly Part[]): unknown {
  if (field !== "referrer_customer_id") return value;
  const { referrerCustomerId } = value as Pick<CustomerState, "referrerCustomerId">;
  const isSelf = parts.some(({ customerId }) => customerId === referrerCustomerId);
  return isSelf ? { referrerCustomerId: null } : value;
}

/** One item of a list, of which two have a form. */
function together(slot: string, ours: unknown, theirs: unknown): unknown {
  const list = LIST_NAMES.find((name) => slot.startsWith(`${name} `));
  if (list === "consents") return newestConsent(ours as StoredConsent, theirs as StoredConsent);
  if (list === "touches") return addTouches([ours as StoredTouch], [theirs as StoredTouch])[0];
  if (list === "traits") return (theirs as StoredTrait).time > (ours as StoredTrait).time ? theirs : ours;
  return ours;
}

/** Who was told two things at the same time does not write. */
export function newestConsent(ours: StoredConsent, theirs: StoredConsent): StoredConsent {
  if (theirs.time !== ours.time) return theirs.time > ours.time ? theirs : ours;
  return theirs.state === Consent_State.WITHDRAWN ? theirs : ours;
}

function onePrimaryOfAKind(slots: Slots): Slots {
  const kinds = new Set<number>();
  return new Map(
    [...slots].map(([slot, item]) => {
      if (!slot.startsWith("contactPoints ")) return [slot, item];
      const point = item as ContactPoint;
      const isSecond = point.primary && kinds.has(point.kind);
      if (point.primary) kinds.add(point.kind);
      return [slot, isSecond ? { ...point, primary: false } : point];
    }),
  );
}

export interface Conflict {
  readonly field: string;
  readonly values: readonly { readonly customerId: string; readonly value: string }[];
  /** Whoever has two of them is two. */
  readonly explicit: boolean;
}

/** What one customer cannot have twice. */
export function conflictsOf(customers: readonly CustomerState[]): Conflict[] {
  const systems = new Set(customers.flatMap(({ externalIds }) => externalIds.map(({ system }) => system)));
  const ids = [...systems].sort().map((system) => ({
    field: `external_ids.${system}`,
    explicit: true,
    values: customers.flatMap(({ customerId, externalIds }) =>
      externalIds.filter((each) => each.system === system).map(({ id }) => ({ customerId, value: id })),
    ),
    // One may well have several in a system: only whoever has none in common with another is another.
    differs: areStrangers(customers, system),
  }));
  const single = (field: string, explicit: boolean, read: (customer: CustomerState) => string | null) => {
    const values = customers.flatMap((customer) => {
      const value = read(customer);
      return value === null ? [] : [{ customerId: customer.customerId, value }];
    });
    return { field, explicit, values, differs: new Set(values.map(({ value }) => value)).size > 1 };
  };
  const all = [
    ...ids,
    single("credit_code", true, ({ creditCode }) => creditCode),
    single("birth_date", false, ({ birthDate }) => birthDate && dateText(birthDate)),
  ];
  return all.filter(({ differs }) => differs).map(({ differs: _differs, ...conflict }) => conflict);
}

const dateText = ({ year, month, day }: NonNullable<CustomerState["birthDate"]>) => `${year}-${month}-${day}`;

function areStrangers(customers: readonly CustomerState[], system: string): boolean {
  const sets = customers
    .map(({ externalIds }) => externalIds.filter((each) => each.system === system).map(({ id }) => id))
    .filter((ids) => ids.length > 0);
  return sets.some((ids) => sets.some((others) => others !== ids && !others.some((id) => ids.includes(id))));
}

/** Who goes on: the oldest that another system knows, else the oldest. */
export function proposeSurvivor(customers: readonly CustomerState[]): string {
  const identified = customers.filter(({ externalIds }) => externalIds.length > 0);
  const byAge = (identified.length > 0 ? identified : customers).toSorted(
    (a, b) => a.createTime.getTime() - b.createTime.getTime() || compare(a.customerId, b.customerId),
  );
  return byAge[0]!.customerId;
}

/** More than one says something, and not the same. */
export function differs(field: string, parts: readonly Part[]): boolean {
  const said = parts.map(({ slots }) => slots.get(field)).filter((value) => !isEmpty(value));
  const words = said.map((value) => Object.values(value as object)[0]);
  return words.some((word) => !isDeepStrictEqual(word, words[0]));
}
