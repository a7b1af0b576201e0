import { expect, test } from "vitest";
import { movesOf, wayOf } from "./course.ts";
import { inboxSearch, VIEWS } from "./search.ts";
import { caseFilter, sectionsOf } from "./views.ts";

const asker = { userId: "01a20354-faf4-7329-8f9d-903d9cee46bc", queueIds: ["q1", "q2"] };

test("each view of cases asks for something else", () => {
  const filters = VIEWS.filter((view) => view !== "feedback").map((view) => caseFilter({ view }, asker));
  expect(new Set(filters).size).toBe(filters.length);
  expect(caseFilter({ view: "mine" }, asker)).toContain(`assignee_id == "${asker.userId}"`);
  expect(caseFilter({ view: "queues" }, asker)).toContain('queue_id in ["q1","q2"]');
});

test("words are quoted, so that nobody can write a condition into the search", () => {
  expect(caseFilter({ view: "all", words: '" || true || "' }, asker)).toBe(
    'subject.contains("\\" || true || \\"")',
  );
});

test("a number finds the case, and the subjects in which it stands", () => {
  expect(caseFilter({ view: "all", words: " #10042 " }, asker)).toBe(
    '(number == 10042 || subject.contains("#10042"))',
  );
});

test("what is late stands first, and nothing stands in both sections or in none", () => {
  const [late, rest] = sectionsOf({ view: "mine" }, asker);
  const mine = caseFilter({ view: "mine" }, asker);
  expect(late).toEqual({
    name: "late",
    filter: `${mine} && breached && status != "RESOLVED"`,
    orderBy: "open_time",
  });
  expect(rest?.filter).toBe(`${mine} && (!breached || status == "RESOLVED")`);
  expect(sectionsOf({ view: "all" }, asker)).toEqual([
    { name: "rest", filter: "", orderBy: "update_time desc" },
  ]);
});

test("or binds less than and, so that what is due stays open", () => {
  expect(caseFilter({ view: "due", kind: "COMPLAINT" }, asker)).toMatch(
    /&& \(breached \|\| .+\) && kind == "COMPLAINT"$/,
  );
});

test("rubbish in the address is left out, and never thrown", () => {
  expect(inboxSearch({ view: "nonsense", words: 7, kind: "x y", case: "../..", folded: "yes" })).toEqual({
    words: "7",
  });
  expect(inboxSearch({ view: null, words: {}, kind: [], feedback: 3 })).toEqual({});
});

test("R082 a complaint cannot be cancelled; another case can", () => {
  expect(movesOf({ status: "STATUS_IN_PROGRESS", kind: "KIND_COMPLAINT" })).not.toContain("cancel");
  expect(movesOf({ status: "STATUS_IN_PROGRESS", kind: "KIND_INCIDENT" })).toContain("cancel");
  expect(movesOf({ status: "STATUS_IN_PROGRESS", kind: "KIND_COMPLAINT" })[0]).toBe("acknowledge");
  expect(movesOf({ status: "STATUS_IN_PROGRESS", kind: "KIND_COMPLAINT" })).not.toContain("resolve");
  const acknowledgeTime = "2026-11-22T09:00:00Z";
  expect(movesOf({ status: "STATUS_IN_PROGRESS", kind: "KIND_COMPLAINT", acknowledgeTime })[0]).toBe(
    "resolve",
  );
  expect(movesOf({ status: "STATUS_MERGED", kind: "KIND_INCIDENT" })).toEqual([]);
});

test("R082 the way of a complaint names what is missing", () => {
  const fresh = {
    steps: [{ code: "call", label: "call", doneBy: "" }],
    rootCause: "ROOT_CAUSE_UNSPECIFIED" as const,
    correctiveActionId: "",
    status: "STATUS_ASSIGNED" as const,
  };
  expect(wayOf(fresh).every(({ done }) => !done)).toBe(true);
  const later = wayOf({
    ...fresh,
    status: "STATUS_IN_PROGRESS",
    acknowledgeTime: "2026-11-22T09:00:00Z",
    steps: [],
  });
  expect(later.filter(({ done }) => done).map(({ station }) => station)).toEqual([
    "acknowledge",
    "investigate",
  ]);
  expect(later.filter(({ optional }) => optional).map(({ station }) => station)).toEqual(["act"]);
});
