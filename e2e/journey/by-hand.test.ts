// The journey of journey.test.ts once more, as people go it: each signed in to the console, with mouse and keyboard.
import { getTenant } from "@guanxi/client/gen/guanxi";
import { dayIn } from "@guanxi/kit/days";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ailments, atTheConsole, open, seen } from "../../services/console/test/rig.ts";
import { startMailSink } from "../service-loop/mail-sink.ts";
import { startSystem, type System } from "../system/rig.ts";
import { answers, clicks, isTold } from "./by-hand/customer.ts";
import { isToldOfBreach, knowsTooLittle, seesScore, valuesAgain, valuesFirst } from "./by-hand/leading.ts";
import { drafts, findsSegment, launches, OFFER, seesClick, seesResult } from "./by-hand/marketing.ts";
import { prepared } from "./by-hand/prepared.ts";
import {
  bringsIn,
  findsCustomer,
  isToActOnFall,
  recordsConsent,
  type Sale,
  seesBrokenPromise,
  seesCustomer,
  seesGradeA,
  seesWhole,
  wins,
} from "./by-hand/selling.ts";
import {
  ANSWER,
  closes,
  endsCause,
  makesGood,
  MENDED,
  seesItBreak,
  takesComplaint,
} from "./by-hand/serving.ts";

atTheConsole();

let sink: Awaited<ReturnType<typeof startMailSink>>;
let system: System;
beforeAll(async () => {
  if (!seen) return;
  sink = await startMailSink();
  system = await startSystem({ SMTP_URL: sink.url });
  await prepared();
}, 180_000);
afterAll(async () => {
  await system?.stop();
  await sink?.stop();
}, 60_000);

/** Machines change a case, too, while somebody writes: what one does then goes on by itself where nobody sees a difference. */
const MEANWHILE = /^412 \/v1\/cases\//;

const AGO = [70, 63, 56, 49, 42, 35, 28, 21, 14, 7];

/** Of a day where the company is. */
async function sale(index: number, ago: number, amount: number): Promise<Sale> {
  const { timeZone } = await getTenant();
  const day = dayIn(timeZone)(new Date(Date.now() - ago * 86_400_000));
  return { number: `BL-${String(index).padStart(3, "0")}`, day, amount };
}

test.skipIf(!seen)(
  "R007, R012, R013, R022, R031, R040, R080, R103, R108, R124 one customer's way through all six services, by hand",
  { timeout: 300_000 },
  async () => {
    const { url: at } = system;
    const letters = sink.taken;
    const [lin, wang, zhao, chen] = await Promise.all([
      open("/", { at, as: "lin" }),
      open("/", { at, as: "wang", expects: MEANWHILE }),
      open("/", { at, as: "zhao", language: "en" }),
      open("/", { at, as: "chen", language: "en" }),
    ]);
    const sold = await Promise.all(AGO.map((ago, index) => sale(index + 1, ago, 90_000)));

    await findsCustomer(lin);
    await wins(lin);
    await bringsIn(lin, "orders.csv", sold, sold.length);
    const customerId = await seesCustomer(lin);
    await valuesFirst(chen);
    await seesGradeA(lin);

    await takesComplaint(wang, customerId);
    await findsSegment(zhao);
    await drafts(zhao);
    await recordsConsent(lin);
    await knowsTooLittle(chen);
    await seesItBreak(wang);
    await seesBrokenPromise(lin);
    await isToldOfBreach(chen);

    await makesGood(wang);
    await isTold(letters, ANSWER);
    await endsCause();
    await isTold(letters, MENDED);
    await closes(wang);
    await answers(letters, at, 9);
    await seesScore(chen);

    await launches(zhao);
    await clicks(letters, OFFER);
    await seesClick(zhao);
    await bringsIn(lin, "today.csv", [await sale(11, 0, 80_000)], 1);
    await seesResult(zhao);

    const returned = sold.slice(2).map((each) => ({ ...each, status: "RETURNED" }));
    await bringsIn(lin, "returned.csv", returned, 0);
    await valuesAgain(chen);
    await isToActOnFall(lin);
    await seesWhole(lin);
    for (const page of [lin, wang, zhao, chen]) expect(await ailments(page)).toEqual([]);
    expect(letters).toHaveLength(4); // the answer, the remedy, the invitation and the offer
  },
);
