import { expect, test } from "vitest";
import { agree } from "../../test/sla-agreement.ts";
import { type CalendarHours, type OpeningHours, openingHours } from "../calendars/opening-hours.ts";
import { clocksOf, type Mark, type MarkKind, mergeMarks, type Promises } from "./clock.ts";
import { type KeptClock, reckon as stand } from "./standing.ts";

const shanghai: CalendarHours = {
  timeZone: "Asia/Shanghai",
  hours: [{ days: [1, 2, 3, 4, 5], from: "09:00", until: "18:00" }],
  holidays: [{ date: "2026-10-01" }, { date: "2026-10-02" }],
  exceptions: [{ date: "2026-10-10", hours: [{ from: "09:00", until: "18:00" }] }], // a Saturday, 调休
};
const office = openingHours(shanghai);
const promises: Promises = { FIRST_RESPONSE: 3600, NEXT_RESPONSE: 1800, RESOLUTION: 9 * 3600 };

/** 2026-09-28 is a Monday; times as on the wall in Shanghai. */
const at = (text: string) => new Date(`2026-${text.replace(" ", "T")}:00+08:00`);
const marks = (...said: (readonly [string, MarkKind])[]): Mark[] =>
  said.map(([time, kind]) => ({ time: at(time), kind }));
const iso = (text: string) => at(text).toISOString();
const reckon = (opening: OpeningHours, promised: Promises, history: readonly Mark[], now: Date) =>
  stand({ opening, promises: promised, escalation: [], stepsOf: "" }, history, now).targets;
const target = (kind: string, history: Mark[], now: string, hours = office, promised = promises) =>
  reckon(hours, promised, history, at(now)).find((each) => each.kind === kind);

test("R083 only business time counts, over weekend, holiday and make-up working day", () => {
  const history = marks(["09-30 17:30", "open"]); // a Wednesday; Thursday and Friday are holidays
  expect(target("FIRST_RESPONSE", history, "09-30 17:30")).toMatchObject({
    state: "RUNNING",
    dueTime: iso("10-05 09:30"),
  });
  const saturday = marks(["10-09 17:00", "open"]);
  expect(target("RESOLUTION", saturday, "10-09 17:00")?.dueTime).toBe(iso("10-10 17:00"));
});

test("R083 an answer in the due instant is too late, one a millisecond earlier is not", () => {
  const opened = marks(["09-28 09:00", "open"]);
  const due = at("09-28 10:00").getTime();
  const answered = (time: number) =>
    reckon(office, promises, [...opened, { time: new Date(time), kind: "reply" }], new Date(due + 5000))[0];
  expect(answered(due - 1)).toMatchObject({ state: "MET", metTime: new Date(due - 1).toISOString() });
  expect(answered(due)).toMatchObject({ state: "BREACHED", breachTime: iso("09-28 10:00") });
  expect(target("FIRST_RESPONSE", opened, "09-28 10:00")).toMatchObject({ state: "BREACHED" });
});

test("the clocks stand still from pause to resume, and nothing is due meanwhile", () => {
  const history = marks(["09-28 09:00", "open"], ["09-28 09:30", "pause"]);
  expect(target("FIRST_RESPONSE", history, "09-29 12:00")).toMatchObject({
    state: "PAUSED",
    dueTime: null,
    elapsedSeconds: 1800,
  });
  const on = [...history, ...marks(["09-29 12:00", "resume"])];
  expect(target("FIRST_RESPONSE", on, "09-29 12:00")?.dueTime).toBe(iso("09-29 12:30"));
});

test("a pause over a holiday takes nothing that was not business time", () => {
  const history = marks(["09-30 17:00", "open"], ["09-30 17:30", "pause"], ["10-05 10:00", "resume"]);
  expect(target("RESOLUTION", history, "10-05 10:00")?.dueTime).toBe(iso("10-06 09:30"));
});

test("the next response is owed only while the customer waits, each wait anew", () => {
  const history = marks(["09-28 09:00", "open"], ["09-28 09:05", "customer"]);
  expect(target("NEXT_RESPONSE", history, "09-28 09:10")).toBeUndefined();
  history.push(...marks(["09-28 09:20", "reply"], ["09-28 11:00", "customer"], ["09-28 11:10", "customer"]));
  expect(target("NEXT_RESPONSE", history, "09-28 11:15")).toMatchObject({
    state: "RUNNING",
    dueTime: iso("09-28 11:30"),
  });
  history.push(...marks(["09-28 11:40", "reply"]));
  expect(target("NEXT_RESPONSE", history, "09-28 16:00")?.state).toBe("BREACHED");
  history.push(...marks(["09-28 16:00", "customer"]));
  expect(target("NEXT_RESPONSE", history, "09-28 16:10")).toMatchObject({
    state: "RUNNING",
    dueTime: iso("09-28 16:30"),
  });
  expect(clocksOf(history, at("09-28 16:10")).filter(({ kind }) => kind === "NEXT_RESPONSE")).toHaveLength(2);
});

test("opened again, the clock of the resolution goes on, and the time between counts for nothing", () => {
  const history = marks(["09-28 09:00", "open"], ["09-28 17:00", "resolve"]);
  expect(target("RESOLUTION", history, "09-30 09:00")).toMatchObject({
    state: "MET",
    elapsedSeconds: 8 * 3600,
  });
  history.push(...marks(["09-30 09:00", "reopen"]));
  expect(target("RESOLUTION", history, "09-30 09:00")?.dueTime).toBe(iso("09-30 10:00"));
});

test("a solution answers whoever still waited for a response", () => {
  const history = marks(["09-28 09:00", "open"], ["09-28 09:10", "resolve"]);
  expect(target("FIRST_RESPONSE", history, "09-30 09:00")).toMatchObject({
    state: "MET",
    elapsedSeconds: 600,
  });
});

test("what is cancelled or merged away counts neither way, unless it was broken before", () => {
  const history = marks(["09-28 09:00", "open"], ["09-28 12:00", "stop"]);
  expect(target("RESOLUTION", history, "09-30 09:00")).toMatchObject({ state: "VOID", dueTime: null });
  expect(target("FIRST_RESPONSE", history, "09-30 09:00")?.state).toBe("BREACHED");
});

test("merged cases keep the earliest start, and a reply in either is a reply", () => {
  const own = marks(["09-29 09:00", "open"]);
  const other = marks(["09-28 09:00", "open"], ["09-28 09:30", "reply"], ["09-28 10:00", "pause"]);
  const merged = mergeMarks(own, other);
  expect(target("FIRST_RESPONSE", merged, "09-29 10:00")).toMatchObject({
    state: "MET",
    elapsedSeconds: 1800,
  });
  expect(target("RESOLUTION", merged, "09-29 09:00")).toMatchObject({ breachTime: iso("09-28 18:00") });
});

test("whatever changes, the targets are those of the first start", () => {
  const history = marks(["09-28 09:00", "open"]);
  const urgent = { ...promises, RESOLUTION: 3600 };
  expect(target("RESOLUTION", history, "09-28 15:00", office, urgent)).toMatchObject({
    state: "BREACHED",
    breachTime: iso("09-28 10:00"),
  });
  const always = openingHours({
    ...shanghai,
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }],
  });
  const late = marks(["09-28 20:00", "open"]);
  expect(target("FIRST_RESPONSE", late, "09-28 20:00", office)?.dueTime).toBe(iso("09-29 10:00"));
  expect(target("FIRST_RESPONSE", late, "09-28 20:00", always)?.dueTime).toBe(iso("09-28 21:00"));
});

test("R083 what has ended keeps its promise; opened again, it goes by what is promised then", () => {
  const stands = (history: Mark[], now: string, promised: Promises, kept: readonly KeptClock[] = []) =>
    stand({ opening: office, promises: promised, escalation: [], stepsOf: "" }, history, at(now), kept);
  const history = marks(["09-28 09:00", "open"], ["09-28 09:50", "reply"], ["09-28 11:00", "customer"]);
  history.push(...marks(["09-28 11:20", "reply"], ["09-28 12:00", "customer"], ["09-28 12:20", "reply"]));
  const before = stands(history, "09-28 12:20", promises);
  const strict = { FIRST_RESPONSE: 600, NEXT_RESPONSE: 300, RESOLUTION: 4 * 3600 };
  const after = stands(history, "09-28 14:00", strict, before.kept);
  expect(after.targets.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    "FIRST_RESPONSE MET",
    "NEXT_RESPONSE MET",
    "RESOLUTION BREACHED",
  ]);
  expect(after.instants.map(({ what }) => what)).toEqual(["BREACH RESOLUTION"]);
  const solved = stands(
    [...history, ...marks(["09-28 12:30", "resolve"])],
    "09-28 12:30",
    promises,
    before.kept,
  );
  expect(
    stands([...history, ...marks(["09-28 12:30", "resolve"])], "09-28 17:00", strict, solved.kept),
  ).toEqual(solved);
  const again = [...history, ...marks(["09-28 12:30", "resolve"], ["09-28 13:00", "reopen"])];
  expect(stands(again, "09-28 13:00", strict, solved.kept).targets.at(-1)).toMatchObject({
    state: "RUNNING",
    dueTime: iso("09-28 13:30"),
  });
});

test("an answer of which one hears later is held against the promise of then", () => {
  const history = marks(["09-28 09:00", "open"], ["09-28 10:30", "reply"]);
  const strict = { ...promises, FIRST_RESPONSE: 600 };
  const held = (promised: Promises) => ({ opening: office, promises: promised, escalation: [], stepsOf: "" });
  const { targets, kept } = stand(held(promises), history, at("09-28 11:00"));
  expect(targets[0]).toMatchObject({ state: "BREACHED" });
  const earlier = [...history, ...marks(["09-28 09:40", "reply"])];
  expect(stand(held(strict), earlier, at("09-28 11:00"), kept).targets[0]).toMatchObject({ state: "MET" });
});

test("a promise of ten years ago is walked through", () => {
  const [first] = reckon(
    office,
    promises,
    [{ time: new Date("2016-01-01T00:00:00Z"), kind: "open" }],
    at("09-28 09:00"),
  );
  expect(first?.state).toBe("BREACHED");
});

test("R083 clock and oracle agree on 2,000 cases of chance", () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  const { seen } = agree({ runs: 2000, seed });
  const states = ["RUNNING", "PAUSED", "MET", "BREACHED", "VOID"];
  const kinds = ["FIRST_RESPONSE", "NEXT_RESPONSE", "RESOLUTION"];
  const wanted = [
    ...kinds.flatMap((kind) => states.map((state) => `${kind} ${state}`)),
    ...[
      "merged",
      "another calendar",
      "other promises",
      "with reopen",
      "with pause",
      "with stop",
      "clocks changed",
    ],
    ...["over a holiday", "paused over a holiday", "over a day with hours of its own"],
  ];
  for (const what of wanted) expect(seen[what] ?? 0, `${what}, seed ${seed}`).toBeGreaterThan(10);
}, 120_000);
