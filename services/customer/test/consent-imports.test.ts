import { Channel, Consent_State as State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { RecordConsentRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { nameOf } from "@guanxi/kit/enum-names";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { list } from "./calls.ts";
import { counts, importing } from "./imports.ts";
import { customerService } from "./service.ts";

const service = customerService();
const { take, undo, failures } = importing(service);

const FILE = `ID,Account Name,Email Opt-in,短信营销同意
1,Acme,yes,
2,Globex,No,是
3,Initech,,`;

/** By name, as channel and state. */
async function saidBy(user: TestUser) {
  const { customers } = await list(user, { pageSize: 200, includeArchived: true });
  const words = ({ channel, state }: { channel: Channel; state: State }) =>
    `${nameOf(Channel, channel)} ${nameOf(State, state)}`;
  return Object.fromEntries(
    customers.map(({ displayName, consents }) => [displayName, consents.map(words).toSorted()]),
  );
}

async function say(user: TestUser, displayName: string, state: State): Promise<void> {
  const { customers } = await list(user, { pageSize: 200 });
  const { customerId } = customers.find((each) => each.displayName === displayName)!;
  const consent = { channel: Channel.EMAIL, purpose: "marketing", state, evidence: "on the telephone" };
  const request = RecordConsentRequest.fromPartial({ customerId, consent });
  await user.call(CustomerServiceService.recordConsent, request);
}

test("a file says who may be written offers to, with the file as the evidence", async () => {
  const lin = await service.user();
  const { importId } = await take(lin, "customer", FILE);
  expect(await saidBy(lin)).toEqual({
    Acme: ["EMAIL GRANTED"],
    Globex: ["EMAIL WITHDRAWN", "SMS GRANTED"],
    Initech: [],
  });
  const { customers } = await list(lin, {});
  const acme = customers.find(({ displayName }) => displayName === "Acme")!;
  expect(acme.consents).toMatchObject([{ purpose: "marketing", evidence: `import ${importId}` }]);
  expect(counts(await take(lin, "customer", FILE))).toEqual([3, 0, 0, 3, 0]);
  const wrong = await take(lin, "customer", "ID,Account Name,Email Consent\n4,Umbrella,perhaps\n");
  expect(await failures(lin, wrong.importId)).toContain("UNKNOWN_VALUE");
});

test("a file takes back what somebody has said, and never grants again what they took back", async () => {
  const lin = await service.user();
  await take(lin, "customer", FILE);
  await say(lin, "Acme", State.WITHDRAWN);
  await say(lin, "Initech", State.GRANTED);
  expect(counts(await take(lin, "customer", FILE))).toEqual([3, 0, 0, 3, 0]);
  await take(lin, "customer", "ID,Email Opt-in\n1,yes\n3,no\n");
  expect(await saidBy(lin)).toMatchObject({ Acme: ["EMAIL WITHDRAWN"], Initech: ["EMAIL WITHDRAWN"] });
});

test("what a file said of consent goes with the file, and what somebody said keeps the customer", async () => {
  const lin = await service.user();
  const first = await take(lin, "customer", FILE);
  expect((await undo(lin, first.importId)).undoCounts).toMatchObject({ removedRecords: 3n, keptRecords: 0n });
  const second = await take(lin, "customer", FILE);
  await say(lin, "Acme", State.WITHDRAWN);
  expect((await undo(lin, second.importId)).undoCounts).toMatchObject({
    removedRecords: 2n,
    keptRecords: 1n,
  });
  expect(await saidBy(lin)).toEqual({ Acme: ["EMAIL WITHDRAWN"] });
});
