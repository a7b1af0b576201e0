import { Affiliation_Role as Role, Contact } from "@guanxi/contract/guanxi/customer/v1/contact";
import { Channel, Consent, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer, Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aFirm, aPerson, email, now, setting } from "../../test/builders.ts";
import { type Book, type Edit, histories, live } from "../../test/merge-histories.ts";
import { withConsent } from "../contact-points/consents.ts";
import { add, change as changeContact, type ContactState } from "../contacts/contact.ts";
import { present as presentContact } from "../contacts/present.ts";
import { change, register, tag, untag } from "../customers/customer.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { present } from "../customers/present.ts";
import { moveContact, moveContactBack } from "./contact-moves.ts";
import { absorb, type Merge, undo } from "./merge.ts";
import { conflictsOf, proposeSurvivor } from "./survivorship.ts";

/** The rules, with maps for tables. */
function rules(): Book {
  const customers = new Map<string, CustomerState>();
  const contacts = new Map<string, ContactState>();
  const merges = new Map<string, Merge>();
  let minutes = 0;
  const later = () => new Date(now.getTime() + 60_000 * ++minutes);
  const newId = () => `01970000-0000-7000-8000-${String(++minutes).padStart(12, "0")}`;
  const keep = (all: readonly CustomerState[]) => {
    for (const each of all) customers.set(each.customerId, { ...each, version: each.version + 1 });
  };
  const living = (id: string): CustomerState => {
    const customer = customers.get(id)!;
    return customer.mergedIntoCustomerId ? living(customer.mergedIntoCustomerId) : customer;
  };
  return {
    async create({ emails, ...start }) {
      const { externalIds, tags } = start;
      const sent = {
        ...start,
        kind: Customer_Kind.ORGANISATION,
        contactPoints: emails.map(email),
        externalIds: [...externalIds],
        tags: [...tags],
      };
      const id = newId();
      keep([register(Customer.fromPartial(sent), id, { ...setting, now: later() })]);
      return id;
    },
    async edit(id, edit) {
      keep([edited(living(id), edit, later())]);
    },
    async merge(survivorId, absorbedIds, picks) {
      const [survivor, ...others] = [survivorId, ...absorbedIds].map((id) => customers.get(id)!);
      const done = absorb(survivor!, others, { mergeId: newId(), picks, now: later() });
      keep([done.survivor, ...done.absorbed]);
      const move = { mergeId: done.merge.mergeId, from: new Set(absorbedIds), to: survivorId };
      for (const [id, contact] of contacts) contacts.set(id, moveContact(contact, move, now));
      merges.set(done.merge.mergeId, done.merge);
      return done.merge.mergeId;
    },
    async unmerge(mergeId) {
      const merge = merges.get(mergeId)!;
      merges.delete(mergeId);
      const done = undo(merge, { customers, merges: [...merges.values()] }, later());
      keep([...done.survivors, ...done.separated]);
      for (const each of done.rebased) merges.set(each.mergeId, each);
      for (const [id, contact] of contacts) contacts.set(id, moveContactBack(contact, mergeId, now));
    },
    read: async (id) => present(living(id)),
    resolve: async (ids) => ids.map((id) => living(id).customerId),
    async addContact(customerIds) {
      const id = newId();
      const affiliations = customerIds.map((customerId) => ({ customerId, role: Role.OTHER }));
      contacts.set(id, add(Contact.fromPartial({ displayName: "李娜", affiliations }), id, setting));
      return id;
    },
    async retitle(contactId, customerId, title) {
      const before = presentContact(contacts.get(contactId)!);
      const affiliations = before.affiliations.map((each) =>
        each.customerId === customerId ? { ...each, title } : each,
      );
      contacts.set(contactId, changeContact(contacts.get(contactId)!, { ...before, affiliations }, setting));
    },
    jobs: async (contactId) =>
      presentContact(contacts.get(contactId)!).affiliations.map(({ customerId, title }) => [
        customerId,
        title,
      ]),
  };
}

function edited(customer: CustomerState, edit: Edit, time: Date): CustomerState {
  const sent = present(customer);
  const at = { ...setting, now: time };
  switch (edit.field) {
    case "tags":
      return edit.added ? tag(customer, [edit.added], time) : untag(customer, [edit.removed!], time);
    case "emails": {
      const left = sent.contactPoints.filter(({ value }) => value !== edit.removed);
      return change(
        customer,
        { ...sent, contactPoints: edit.added ? [...left, email(edit.added)] : left },
        at,
      );
    }
    case "externalIds":
      return change(customer, { ...sent, externalIds: [...sent.externalIds, edit.added] }, at);
    case "consent": {
      const said = Consent.fromPartial({
        ...MARKETING,
        state: Consent_State.GRANTED,
        evidence: edit.evidence,
      });
      return { ...customer, consents: withConsent(customer.consents, said, time), updateTime: time };
    }
    default:
      return change(customer, { ...sent, [edit.field]: edit.value }, at);
  }
}

const MARKETING = { channel: Channel.EMAIL, purpose: "marketing" };

test("R009 of 10,000 histories every id resolves at every step, and with all merges undone nothing is left of them", async () => {
  let undone = 0;
  await fc.assert(
    fc.asyncProperty(histories(16), async (steps) => {
      undone += (await live(rules(), steps)).undone;
    }),
    { numRuns: 10_000 },
  );
  expect(undone).toBeGreaterThan(10_000);
}, 180_000);

const ids = (from: number) => `01970000-0000-7000-8000-00000000000${from}`;
const numbered = (customer: CustomerState, id: number, more: Partial<CustomerState> = {}): CustomerState => ({
  ...customer,
  customerId: ids(id),
  ...more,
});
const mergedOf = (survivor: CustomerState, ...others: CustomerState[]) =>
  absorb(survivor, others, { mergeId: ids(9), picks: {}, now }).survivor;

test("R009 the survivor's word holds, else the newest there is; zero and false are words; the source is the earliest", () => {
  const old = new Date("2026-01-01T00:00:00Z");
  const fact = { type: "NUMBER", unique: false, filterable: false, personal: false } as const;
  const a = numbered(aFirm({ displayName: "甲" }), 1, { custom: { seats: 0 }, customFacts: { seats: fact } });
  const b = numbered(aFirm({ displayName: "乙", industry: "steel" }), 2, {
    custom: { seats: 9, vip: false },
    customFacts: { seats: fact, vip: { ...fact, type: "BOOL" } },
    sourceChannel: "CALL",
    firstTouchTime: old,
  });
  const c = numbered(aFirm({ displayName: "丙", industry: "paper" }), 3, {
    updateTime: new Date(now.getTime() + 1),
    sourceChannel: "EMAIL",
  });
  expect(mergedOf(a, b, c)).toMatchObject({
    displayName: "甲",
    industry: "paper",
    custom: { seats: 0, vip: false },
    sourceChannel: "CALL",
    firstTouchTime: old,
    touches: [
      { channel: "CALL", count: 1 },
      { channel: "EMAIL", count: 1 },
    ],
  });
});

test("R009 of two statements on a consent the newest counts, and of two at once the withdrawal", () => {
  const said = (state: Consent_State, time: string) => [{ ...MARKETING, state, time, evidence: "" }];
  const { GRANTED, WITHDRAWN } = Consent_State;
  const [early, late] = ["2026-01-01T00:00:00.000Z", "2026-02-01T00:00:00.000Z"];
  const merged = (ours: CustomerState["consents"], theirs: CustomerState["consents"]) =>
    mergedOf(numbered(aPerson(), 1, { consents: ours }), numbered(aPerson(), 2, { consents: theirs }))
      .consents;
  expect(merged(said(WITHDRAWN, early), said(GRANTED, late))).toEqual(said(GRANTED, late));
  expect(merged(said(GRANTED, late), said(WITHDRAWN, early))).toEqual(said(GRANTED, late));
  expect(merged(said(GRANTED, late), said(WITHDRAWN, late))).toEqual(said(WITHDRAWN, late));
  expect(merged(said(WITHDRAWN, late), said(GRANTED, late))).toEqual(said(WITHDRAWN, late));
});

test("R009 a consent withdrawn while they were one is withdrawn of each of them, also said further up or between merges", () => {
  const { GRANTED, WITHDRAWN } = Consent_State;
  const consent = (state: Consent_State, day: string, channel: Channel = Channel.EMAIL) => ({
    ...MARKETING,
    channel,
    state,
    time: `2026-${day}T00:00:00.000Z`,
    evidence: "",
  });
  const known = new Map<string, CustomerState>();
  const keep = (customer: CustomerState) => known.set(customer.customerId, customer);
  const version = () => ({ version: known.size });
  for (const id of [1, 2, 3, 4]) keep(numbered(aPerson(), id, version()));
  keep({ ...known.get(ids(4))!, consents: [consent(WITHDRAWN, "01-02", Channel.SMS)] });
  keep({
    ...known.get(ids(2))!,
    consents: [consent(GRANTED, "01-01"), consent(GRANTED, "01-01", Channel.SMS)],
  });
  const say = (id: number, ...said: ReturnType<typeof consent>[]) => {
    const customer = known.get(ids(id))!;
    const others = customer.consents.filter(({ channel }) => !said.some((each) => each.channel === channel));
    keep({ ...customer, consents: [...others, ...said], version: customer.version + 1 });
  };
  const merge = (mergeId: number, survivor: number, absorbed: number): Merge => {
    const [one, other] = [known.get(ids(survivor))!, known.get(ids(absorbed))!];
    const done = absorb(one, [other], { mergeId: ids(mergeId), picks: {}, now });
    for (const each of [done.survivor, ...done.absorbed]) keep({ ...each, version: each.version + 1 });
    return done.merge;
  };
  const apart = (undone: Merge, ...merges: Merge[]) =>
    undo(undone, { customers: known, merges }, now).separated[0]!.consents;

  const first = merge(7, 1, 2);
  say(1, consent(WITHDRAWN, "03-01"));
  expect(apart(first)).toEqual([consent(WITHDRAWN, "03-01"), consent(GRANTED, "01-01", Channel.SMS)]);
  const second = merge(8, 1, 4); // its withdrawal of SMS is its own
  expect(apart(first, second)).toEqual([consent(WITHDRAWN, "03-01"), consent(GRANTED, "01-01", Channel.SMS)]);
  const third = merge(9, 3, 1);
  say(3, consent(WITHDRAWN, "04-01", Channel.PHONE));
  expect(apart(first, second, third)).toEqual([
    consent(WITHDRAWN, "03-01"),
    consent(GRANTED, "01-01", Channel.SMS),
    consent(WITHDRAWN, "04-01", Channel.PHONE),
  ]);
  // Given again by them as one, it was theirs together: apart, each has what it had itself.
  say(3, consent(GRANTED, "05-01"), consent(GRANTED, "05-01", Channel.PHONE));
  expect(apart(first, second, third)).toEqual([
    consent(GRANTED, "01-01"),
    consent(GRANTED, "01-01", Channel.SMS),
  ]);
});

test("R009 who goes on is the oldest that another system knows; different ids of one system are a conflict", () => {
  const old = numbered(aFirm(), 1, { createTime: new Date("2020-01-01T00:00:00Z") });
  const known = numbered(aFirm({ externalIds: [{ system: "erp", id: "1" }] }), 2);
  const other = numbered(aFirm({ externalIds: [{ system: "erp", id: "2" }] }), 3);
  const both = { ...known, customerId: ids(4), externalIds: [...known.externalIds, ...other.externalIds] };
  expect(proposeSurvivor([old, other, known])).toBe(known.customerId);
  expect(proposeSurvivor([known, old].map((each) => ({ ...each, externalIds: [] })))).toBe(old.customerId);
  expect(conflictsOf([old, known, other]).map(({ field, explicit }) => [field, explicit])).toEqual([
    ["external_ids.erp", true],
  ]);
  expect(conflictsOf([known, both])).toEqual([]);
});
