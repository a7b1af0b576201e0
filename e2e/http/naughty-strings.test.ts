// The big list of naughty strings, as names: what was taken comes back byte for byte however it is asked for.
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  absent,
  type Answer,
  each,
  fieldsOf,
  naughtyStrings,
  type Newcomer,
  newcomer,
  type Rig,
  startRig,
} from "./rig.ts";

interface Taken {
  readonly text: string;
  readonly customerId: string;
  readonly contactId: string;
}

const none = absent("strings");
const strings = none ? [] : naughtyStrings();
/** Names have one to 200 characters. */
const [names, others] = [strings.filter(isName), strings.filter((text) => !isName(text))];

function isName(text: string): boolean {
  return text !== "" && [...text].length <= 200;
}

let rig: Rig;
let lin: Newcomer;
let taken: Taken[];

beforeAll(async () => {
  rig = await startRig();
  lin = await newcomer(rig);
  taken = await each(names, async (text) => {
    const customer = await created("customers", customerOf(text));
    return { text, customerId: customer.customerId as string, contactId: await contact(text) };
  });
}, 120_000);
afterAll(() => rig.stop());

const customerOf = (text: string) => ({
  kind: "KIND_PERSON",
  displayName: text,
  legalName: text,
  contactPoints: [{ kind: "KIND_WECHAT", value: text }],
  source: { detail: text, campaign: text },
});

async function created(path: string, json: object): Promise<Record<string, unknown>> {
  const answer = await lin.ask("POST", `/v1/${path}`, { json });
  expect([answer.status, answer.json], JSON.stringify(json)).toMatchObject([200, json]);
  return answer.json as Record<string, unknown>;
}

const contact = async (text: string) =>
  (await created("contacts", { displayName: text, contactPoints: [{ kind: "KIND_OTHER", value: text }] }))
    .contactId as string;

const find = (query: string) => lin.ask("GET", `/v1/customers${query}`);
const customersOf = ({ json }: Answer) => json.customers as { customerId: string; displayName: string }[];

async function listed(path: string, key: string): Promise<Record<string, string>[]> {
  const found: Record<string, string>[] = [];
  for (let token = ""; ; ) {
    const { status, json } = await lin.ask(
      "GET",
      `${path}pageSize=100&pageToken=${encodeURIComponent(token)}`,
    );
    expect(status).toBe(200);
    found.push(...(json[key] as Record<string, string>[]));
    token = json.nextPageToken as string;
    if (!token) return found;
  }
}

test.skipIf(none)(`all 515 are tried, and all but those that are no name are taken${none}`, () => {
  expect([strings.length, taken.length]).toEqual([515, names.length]);
  expect(others.length).toBeLessThan(10);
});

test.skipIf(none)(`those that are no name are refused by the name of each field${none}`, async () => {
  for (const text of others) {
    const answer = await lin.ask("POST", "/v1/customers", { json: customerOf(text) });
    expect([answer.status, fieldsOf(answer)], text).toEqual([
      400,
      expect.arrayContaining(["customer.display_name"]),
    ]);
  }
});

test.skipIf(none)(`they come back in lists, in each order, forwards and backwards${none}`, async () => {
  for (const order of ["create_time", "display_name", "display_name desc"]) {
    const customers = await listed(`/v1/customers?orderBy=${encodeURIComponent(order)}&`, "customers");
    const byId = new Map(customers.map(({ customerId, ...customer }) => [customerId, customer]));
    expect(byId.size).toBe(taken.length);
    for (const { text, customerId } of taken) expect(byId.get(customerId)).toMatchObject(customerOf(text));
  }
  const contacts = await listed("/v1/contacts?", "contacts");
  const byId = new Map(contacts.map(({ contactId, displayName }) => [contactId, displayName]));
  for (const { text, contactId } of taken) expect(byId.get(contactId)).toBe(text);
});

test.skipIf(none)(
  `a condition finds each by its name, and no other${none}`,
  { timeout: 60_000 },
  async () => {
    await each(taken, async ({ text }) => {
      const filter = `display_name == ${celText(text)}`;
      if (Buffer.byteLength(filter) > 2_048) return;
      const answer = await find(`?filter=${encodeURIComponent(filter)}`);
      expect(answer.status, filter).toBe(200);
      const same = taken.filter((other) => other.text === text);
      expect(customersOf(answer).map(({ displayName }) => displayName)).toEqual(same.map(() => text));
    });
  },
);

/** JSON's escapes are CEL's, but for the slash, which JSON.stringify leaves alone. */
const celText = (text: string) => JSON.stringify(text);

test.skipIf(none)(
  `a search finds each by its name, byte for byte, or says what is wrong${none}`,
  { timeout: 60_000 },
  async () => {
    const missed: string[] = [];
    await each(taken, async ({ text, customerId }) => {
      const answer = await find(`:search?pageSize=50&query=${encodeURIComponent(text)}`);
      expect(answer.status, text).toBe(200);
      const found = customersOf(answer);
      for (const { customerId: id, displayName } of found)
        expect(displayName).toBe(taken.find((one) => one.customerId === id)!.text);
      if (found.length < 50 && !found.some((one) => one.customerId === customerId)) missed.push(text);
    });
    // A name of nothing that can be seen is found by nothing.
    expect(missed.filter((text) => /[^\p{Z}\p{C}]/u.test(text))).toEqual([]);
  },
);

test.skipIf(none)(`none of all this was a failure of ours${none}`, () => {
  expect(rig.failures).toEqual([]);
});
