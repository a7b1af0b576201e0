// A release's database, filled, comes into the hands of this one: `npm start` migrates it, and all is as it was.
import { services } from "@guanxi/local/services";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { distinct } from "../system/comparison.ts";
import { LONG, startSystem, type System } from "../system/rig.ts";
import { readStream } from "../system/stream.ts";
import { type ByDesign, differences } from "./differences.ts";
import { type Door, type Json, openDoor } from "./door.ts";
import { answers, type Asking, counts, readFigures, recorded } from "./fixture.ts";
import { leftBehind } from "./left-behind.ts";

const KPIS_OF_SERVICE = [
  "first_response_time",
  "resolution_time",
  "sla_attainment",
  "first_contact_resolution",
  "complaint_response_rate",
  "complaint_rate",
  "complaint_rate_per_1000_customers",
  "customer_satisfaction",
  "net_promoter_score",
  "customer_effort_score",
];

const BY_DESIGN: readonly ByDesign[] = [
  { field: "streamSequence", why: "the stream is a new one: an event keeps its id, not its place" },
  {
    field: "asOfTime",
    why: "since 0.2.0 it is moved by every event of an area, where before by customers' alone",
  },
  { field: "managerId", added: [""], why: "since 0.2.0 a team has a manager, and none had one before" },
  { field: "externalIds", added: [[]], why: "since 0.2.0 a contact is known to other systems" },
  {
    field: "gradeSource",
    added: ["GRADE_SOURCE_MANUAL", "GRADE_SOURCE_UNSPECIFIED"],
    why: "since 0.2.0 it is said who gave a grade: before, people alone did",
  },
  {
    field: "rows",
    appended: { name: "kpi", rows: KPIS_OF_SERVICE },
    why: "since 0.3.0 there are cases, complaints and surveys to reckon with",
  },
  { field: "missing", why: "since 0.3.0 fewer key figures are missing" },
  { field: "traits", added: [[]], why: "since 0.4.0 it is known what customers like" },
  { field: "referrerCustomerId", added: [""], why: "since 0.4.0 it is known who sent them" },
  { field: "mergedIntoCustomerId", added: [""], why: "since 0.4.0 customers are merged" },
  { field: "absorbedCustomerIds", added: [[]], why: "since 0.4.0 customers are merged" },
  { field: "churnReason", added: ["CHURN_REASON_UNSPECIFIED"], why: "since 0.4.0 who leaves has a reason" },
  { field: "churnNote", added: [""], why: "since 0.4.0 who leaves has a reason" },
  { field: "loyalty", added: ["LOYALTY_UNSPECIFIED"], why: "since 0.4.0 rules say it, of new customers" },
  { field: "timeZone", added: [""], why: "since 0.4.0 customers have a time zone of their own" },
  { field: "competitorId", added: [""], why: "since 0.4.0 opportunities are lost to somebody" },
  { field: "touches", why: "since 0.4.0 the first touch stands among the touches" },
  { field: "similarRows", added: ["0"], why: "since 0.5.0 a dry run counts what looks like a customer" },
];

/** A mark is a place in the stream that was: it moves with the next event. */
const AS_MADE_ANEW = /held against \d+ events$| equal$|^ {2}\w+_marks: .* DIFFERS/;
const readers = services.filter(({ front, people }) => !front && !people); // identity reads nobody but itself

describe.each(recorded())("what %s has left", (release) => {
  const figures = readFigures(release);
  let system: System;
  let asking: Asking;
  let door: Door;

  beforeAll(async () => {
    system = await startSystem({}, leftBehind(release));
    const { url, token, sql } = system;
    asking = { door: (who) => openDoor(url, () => token(who)), sql };
    door = asking.door("lin");
    // What takes long to migrate the gateway has meanwhile called in vain, and now calls less often.
    await vi.waitFor(() => token("lin"), LONG);
    await system.settled();
  }, 120_000);
  afterAll(() => system?.stop());

  test("gives the same figures, lists, histories and search answers", async () => {
    const now = await answers(figures.asked, asking);
    const found = figures.asked.flatMap(({ who, path, answer }, index) =>
      differences(answer, now[index]!.answer, BY_DESIGN).map((line) => `${who} ${path} ${line}`),
    );
    expect(found).toEqual([]);
  });

  test("is told whole by a stream that begins anew", async () => {
    expect(await counts(Object.keys(figures.counted), asking)).toEqual(figures.counted);
    const told = distinct(await readStream(system.natsUrl));
    const aggregates = Map.groupBy(told, ({ meta }) => `${meta.aggregateType} ${meta.aggregateId}`);
    const versions = [...aggregates].map(
      ([name, told]) => `${name} ${told.map(({ meta }) => meta.version).join()}`,
    );
    const whole = [...aggregates].map(
      ([name, told]) => `${name} ${told.map((_, index) => index + 1).join()}`,
    );
    expect(versions).toEqual(whole);
    const [log] = await system.sql<{ count: number }>("select count(*)::int from customer.event_log");
    expect(told.filter(({ area }) => area === "customer")).toHaveLength(log!.count);
  });

  test("the copies that services keep are what the logs make of them", async () => {
    // As docs/upgrade.md asks: columns that 0.4.0 has added to copies are filled from the log.
    await system.program("analytics", ["rebuild", "customers"]);
    const said = await Promise.all(readers.map(({ name }) => check(system, name)));
    expect(
      said.flatMap((text) => text.trim().split("\n")).filter((line) => !AS_MADE_ANEW.test(line)),
    ).toEqual([]);
  }, 60_000);

  test("can be worked with: etags hold, versions go on, and later services know it", async () => {
    const { answer } = figures.asked.find(({ path }) => path.startsWith("/v1/customers?include_archived"))!;
    const customers = (answer as Json[]).filter(({ state }) => state === "STATE_ACTIVE").slice(0, 5);
    for (const { customerId, etag } of customers) {
      const at = `/v1/customers/${customerId as string}`;
      const changed = await door.patch(at, { industry: "新行业" }, etag as string);
      expect(Number(changed.etag)).toBe(Number(etag) + 1);
      await expect(door.patch(at, { industry: "too late" }, etag as string)).rejects.toThrow("412");
    }
    const before = await sold(door);
    const { orderId } = await door.post("/v1/orders", orderOf(customers[0]!));
    await door.post(`/v1/orders/${orderId as string}:confirm`, {});
    await vi.waitFor(async () => expect(await sold(door)).toBe(before + 1), LONG);
  });
});

const sold = async (door: Door) => {
  const { rows } = await door.get<{ rows: { orderCount: number }[] }>("/v1/salesFigures");
  return rows[0]?.orderCount ?? 0;
};

const check = (system: System, service: string) =>
  system.program(service, ["rebuild", "--check"]).catch(({ message }: Error) => message);

const orderOf = ({ customerId, ownerId }: Json) => ({
  customerId,
  ownerId,
  currencyCode: "CNY",
  lines: [{ description: "茶", quantity: "2", listPrice: { currencyCode: "CNY", units: "10" } }],
});
