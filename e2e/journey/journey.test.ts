import { getPortrait } from "@guanxi/client/gen/guanxi";
import { ProblemError } from "@guanxi/client/send";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMailSink } from "../service-loop/mail-sink.ts";
import { figures } from "../smoke/figures.ts";
import { startSystem, type System } from "../system/rig.ts";
import { journey } from "./journey.ts";

let sink: Awaited<ReturnType<typeof startMailSink>>;
let system: System;
let customerId: string;
beforeAll(async () => {
  sink = await startMailSink();
  system = await startSystem({ SMTP_URL: sink.url });
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await sink?.stop();
}, 60_000);

test("R007, R012, R013, R022, R031, R040, R080, R124, R142 one customer's way through all six services", {
  timeout: 300_000,
}, async () => {
  const table = figures();
  customerId = await journey(table, { gateway: system.url, letters: sink.taken });
  table.print();
  expect(table.good()).toBe(true);
});

const PARTS = {
  sales: "orders",
  "service-desk": "cases",
  interaction: "interactions",
  analytics: "value",
  marketing: "campaigns",
} as const;

test("R012, R013 with each service silent in turn, its part of the portrait stands, and says how old it is", {
  timeout: 120_000,
}, async () => {
  const before = await getPortrait(customerId);
  for (const [service, part] of Object.entries(PARTS)) {
    const speak = system.silence(service);
    try {
      const portrait = await getPortrait(customerId);
      expect({ ...portrait[part], state: undefined }).toEqual({ ...before[part], state: undefined });
      expect(portrait[part]!.state).toMatchObject({ asOfTime: before[part]!.state!.asOfTime });
      expect(Number(portrait[part]!.state!.ageSeconds)).toBeGreaterThanOrEqual(0);
    } finally {
      speak();
    }
  }
  const speak = system.silence("customer");
  try {
    const refusal = await getPortrait(customerId).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ProblemError);
    // Waited for in vain, or known to be away since somebody else waited in vain.
    expect([503, 504]).toContain((refusal as ProblemError).problem.status);
  } finally {
    speak();
  }
});
