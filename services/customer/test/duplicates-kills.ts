// Two processes that scan a book, killed again and again while they compare and write.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { enqueue } from "@guanxi/bus/enqueue";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { record } from "@guanxi/kit/store";
import { chance } from "@guanxi/testkit/chance";
import { type Ground, openGround, until } from "@guanxi/testkit/ground";
import { killInTurn } from "@guanxi/testkit/kill-in-turn";
import { customer } from "../src/app.ts";
import { customers } from "../src/customers/customers.ts";
import { beginScan } from "../src/duplicates/duplicate-scan.ts";
import { addScan } from "../src/duplicates/duplicate-scans.ts";
import { DUPLICATE_SCAN } from "../src/duplicates/scan-job.ts";
import { aPerson, email } from "./builders.ts";

const PROGRAM = path.join(import.meta.dirname, "duplicates-process.ts");
const MOST_MS = 700; // longer than a scan of so many takes
const PAGE = 500;

interface Killing {
  /** Each stands in the book twice. */
  readonly people: number;
  readonly kills: number;
  readonly seed: number;
}

export async function killScans(adminUrl: string, { people, kills, seed }: Killing) {
  const ground = await openGround(adminUrl, customer);
  const { admin, env } = ground;
  const tenantId = randomUUID();
  try {
    await admin.query("insert into tenant_settings values ($1, $1, 'Asia/Shanghai', 'CNY', 1)", [tenantId]);
    await registerTwice(ground, tenantId, people);
    const { running, underWay, complaints } = await killInTurn({
      ...{ file: PROGRAM, kills, admin, service: customer.name, mostMs: MOST_MS, chance: chance(seed) },
      envs: [env, env],
      release: () => scanAgain(ground, tenantId),
    });
    await scanAgain(ground, tenantId);
    await until(
      async () => (await admin.query("select from duplicate_scans where state = 'RUNNING'")).rowCount === 0,
    );
    await Promise.all(running.map((one) => one.end("SIGTERM"))); // what they have under way they end
    const { rows: scans } = await admin.query<Record<string, unknown>>(SCANS);
    const { rowCount: pairs } = await admin.query("select from duplicate_pairs");
    return { scans, pairs, underWay, complaints: complaints() };
  } finally {
    await ground.stop();
  }
}

const acting = (tenantId: string) => ({
  tenantId,
  actor: "test",
  timeZone: "Asia/Shanghai",
  currencyCode: "CNY",
});

async function registerTwice({ act }: Ground, tenantId: string, people: number): Promise<void> {
  for (let from = 0; from < people; from += PAGE)
    await act(acting(tenantId), async (at) => {
      const some = Array.from({ length: Math.min(PAGE, people - from) }, (_, index) =>
        personOf(from + index),
      );
      const twice = [...some, ...some].map((one) => ({ ...one, customerId: at.newId() }));
      return record(at, customers, twice, CustomerRegistered);
    });
}

const letters = (number: number) =>
  [...number.toString(5).padStart(6, "0")]
    .map((digit) => "bdklm".charAt(Number(digit)) + "aeiou".charAt((number + Number(digit)) % 5))
    .join("");

const personOf = (number: number) =>
  aPerson({
    displayName: `${letters(number * 7)} ${letters(number * 13)}`,
    birthDate: { year: 1950 + (number % 50), month: 1 + (number % 12), day: 1 + (number % 28) },
    contactPoints: [email(`${letters(number * 11)}${number}@example.com`)],
  });

/** Where none is under way. */
async function scanAgain({ act, admin }: Ground, tenantId: string): Promise<void> {
  if ((await admin.query("select from duplicate_scans where state = 'RUNNING'")).rowCount) return;
  await act(acting(tenantId), async (at) => {
    const scan = beginScan(at.newId(), at.principal, at.now);
    await addScan(at, scan);
    enqueue(at, DUPLICATE_SCAN, scan.duplicateScanId);
  });
}

const SCANS = `
select state, customer_count as customers, kept_count as kept, new_count as new, seen_count as seen,
  dismissed_count as dismissed, gone_count as gone
from duplicate_scans order by duplicate_scan_id`;
