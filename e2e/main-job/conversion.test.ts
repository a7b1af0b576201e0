import {
  convertLead,
  createLead,
  getContact,
  getCustomer,
  getLead,
  getOpportunity,
  type Lead,
  listContacts,
  listCustomers,
  listOpportunities,
  qualifyLead,
} from "@guanxi/client/gen/guanxi";
import { ProblemError } from "@guanxi/client/send";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { LONG, startSystem, type System } from "../system/rig.ts";

const WAVES = ["customer", "sales", "nats"];
const IN_A_WAVE = 8;

let system: System;
beforeAll(async () => {
  system = await startSystem();
}, 120_000);
afterAll(() => system?.stop(), 60_000);

async function qualified(number: number, phone = ""): Promise<Lead> {
  const organisationName = `Blue Harbor ${number} Ltd`;
  const sent = { personName: `Alice ${number}`, organisationName, phone };
  const { leadId } = await asked((key) => createLead(sent, key));
  return asked((key) => qualifyLead(leadId, { qualification: { need: "labels" } }, key));
}

/** Once more with the same key while a service is away, as any caller would. */
async function asked<Answer>(ask: (key: { "Idempotency-Key": string }) => Promise<Answer>): Promise<Answer> {
  const key = { "Idempotency-Key": crypto.randomUUID() };
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask(key);
    } catch (error) {
      const isAway = error instanceof ProblemError && error.problem.status >= 500;
      if (!isAway || tries >= 40) throw error;
      await pause(250);
    }
  }
}

const ended = (leadId: string) =>
  vi.waitUntil(async () => {
    const lead = await asked(() => getLead(leadId));
    return lead?.conversion?.state === "STATE_PENDING" ? undefined : lead;
  }, LONG);

test("R108 each lead becomes customer, contact and opportunity, once, whoever is killed in between", {
  timeout: 240_000,
}, async () => {
  const converted: Lead[] = [];
  for (const [wave, victim] of WAVES.entries()) {
    const numbers = Array.from({ length: IN_A_WAVE }, (_, index) => wave * IN_A_WAVE + index);
    const leads = await Promise.all(numbers.map((number) => qualified(number)));
    converted.push(
      ...(await Promise.all(leads.map(({ leadId }) => asked((key) => convertLead(leadId, {}, key))))),
    );
    await system.murder(victim);
  }
  for (const { leadId, organisationName, personName, conversion } of converted) {
    const { status, conversion: now } = await ended(leadId);
    expect([status, now?.state]).toEqual(["STATUS_CONVERTED", "STATE_DONE"]);
    const { customerId, contactId, opportunityId } = conversion!;
    expect((await getCustomer(customerId)).displayName).toBe(organisationName);
    expect((await getContact(contactId)).displayName).toBe(personName);
    expect(await getOpportunity(opportunityId)).toMatchObject({ customerId, leadId });
  }
  expect((await listCustomers({ pageSize: 200 })).customers).toHaveLength(converted.length);
  expect((await listContacts({ pageSize: 200 })).contacts).toHaveLength(converted.length);
  expect((await listOpportunities({ pageSize: 200 })).opportunities).toHaveLength(converted.length);
});

test("R108 a lead that customer refuses is qualified as before, and nothing was made", {
  timeout: 60_000,
}, async () => {
  const { leadId } = await qualified(100, "12");
  const { conversion } = await asked((key) => convertLead(leadId, {}, key));
  const lead = await ended(leadId);
  expect(lead).toMatchObject({ status: "STATUS_QUALIFIED", conversion: { state: "STATE_REFUSED" } });
  expect(lead.conversion?.refusal).toMatch(/contact_points/);
  await expect(getCustomer(conversion!.customerId)).rejects.toBeInstanceOf(ProblemError);
  await expect(getOpportunity(conversion!.opportunityId)).rejects.toBeInstanceOf(ProblemError);
});
