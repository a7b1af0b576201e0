// The clocks of cases that a file brings. They run from the opening for what is open and has no stated outcome.
import type { Restored } from "@guanxi/import/service/kind";
import type { At } from "@guanxi/kit/at";
import { type CaseGrade, type CaseState, withSla } from "../cases/case-state.ts";
import { isOpen } from "../cases/case-status.ts";
import { nowAfter } from "../cases/keep.ts";
import { addCaseMarks, forgetMarks, marksBetween, marksOf } from "../cases/marks.ts";
import { passOver } from "../sla/broken-before.ts";
import type { Mark } from "../sla/clock.ts";
import type { Instant } from "../sla/instants.ts";
import { slaFor, watch } from "../sla/sla-of.ts";

export interface Pair {
  readonly before: CaseState | undefined;
  readonly after: CaseState;
}

/** The cases with their promises, in their order; what their clocks go by later is written down. */
export async function withClocks(at: At, pairs: readonly Pair[]): Promise<CaseState[]> {
  const known = pairs.flatMap(({ before }) => (before ? [before.caseId] : []));
  const old = await marksOf(at, known);
  const marked = pairs.map((pair) => {
    const marks = old.get(pair.after.caseId) ?? [];
    const added = pair.before ? marksOfChange(pair.before, pair.after, marks) : marksOfCourse(pair.after);
    return { ...pair, old: marks, added };
  });
  addCaseMarks(
    at,
    marked.flatMap(({ after: { caseId }, added }) => added.map((mark) => ({ ...mark, caseId }))),
  );
  return watched(at, await Promise.all(marked.map((each) => clocked(at, each))));
}

/**
 * Cases as they were before an import, whose undo forgets what it has said of them. What other services have changed since stays,
 * and so do steps of the escalation that were taken.
 */
export async function restoreCases(
  at: At,
  records: readonly Restored<CaseState>[],
  gradeOf: CaseGrades,
): Promise<CaseState[]> {
  const importId = at.cause.importId!;
  const ids = records.map(({ now }) => now.caseId);
  const marks = await marksOf(at, ids, importId);
  forgetMarks(at, importId, ids);
  const clocks = records.map(async ({ before, now }) => {
    const { customerId, caseId } = before;
    const { escalationLevel } = now;
    const after = { ...before, grade: gradeOf(customerId), escalationLevel, updateTime: nowAfter(now, at) };
    if (!isOpen(after)) return { state: after, instants: [] };
    const { sla, instants } = await slaFor(at, { ...after, marks: marks.get(caseId)! });
    return { state: withSla(after, sla), instants };
  });
  return watched(at, await Promise.all(clocks));
}

export type CaseGrades = (customerId: string | null) => CaseGrade | null;

interface Clocked {
  readonly state: CaseState;
  readonly instants: readonly Instant[];
}

async function watched(at: At, clocks: readonly Clocked[]): Promise<CaseState[]> {
  const open = clocks.filter(({ state }) => isOpen(state));
  await watch(
    at,
    await passOver(
      at,
      open.map(({ state, instants }) => ({ ...state, instants })),
    ),
  );
  return clocks.map(({ state }) => state);
}

interface Marked extends Pair {
  readonly old: readonly Mark[];
  readonly added: readonly Mark[];
}

async function clocked(at: At, pair: Marked): Promise<Clocked> {
  const { after, old, added } = pair;
  if (!isMeasured(pair)) return { state: after, instants: [] };
  const { sla, instants } = await slaFor(at, { ...after, marks: [...old, ...added] });
  return { state: withSla(after, sla), instants };
}

/** What our clocks say of it is to be reckoned, or to be reckoned anew. */
function isMeasured({ before, after, added }: Marked): boolean {
  if (!before) return isOpen(after);
  return added.length > 0 || (isOpen(after) && PROMISED.some((field) => before[field] !== after[field]));
}

/** What the promises go by, besides the marks. */
const PROMISED = ["kind", "priority", "grade"] as const;

/** From its opening to where it stands; reopened here, it goes on from there. */
function marksOfCourse({ status, openTime, firstResponseTime, statusSinceTime, ...it }: CaseState): Mark[] {
  const { resolveTime, closeTime } = it;
  const endTime = resolveTime ?? closeTime ?? statusSinceTime;
  const marks: Mark[] = [{ time: openTime, kind: "open" }];
  if (firstResponseTime) marks.push({ time: firstResponseTime, kind: "reply" });
  if (status === "WAITING_CUSTOMER" || status === "ON_HOLD")
    marks.push({ time: statusSinceTime, kind: "pause" });
  if (status === "RESOLVED" || status === "CLOSED") marks.push({ time: endTime, kind: "resolve" });
  if (status === "CANCELLED") marks.push({ time: endTime, kind: "stop" });
  return marks;
}

/** Never before what has been said already: nobody knows of a pause that the case was solved in. */
function marksOfChange(before: CaseState, after: CaseState, old: readonly Mark[]): Mark[] {
  const { firstResponseTime, statusSinceTime } = after;
  const answered = before.firstResponseTime === null && firstResponseTime !== null;
  const said = isOpen(after) ? statusSinceTime : (after.resolveTime ?? after.closeTime ?? statusSinceTime);
  const time = new Date(Math.max(...[...old.map((mark) => mark.time), said].map((each) => each.getTime())));
  return [
    ...(answered ? [{ time: firstResponseTime, kind: "reply" as const }] : []),
    ...marksBetween(before, after, time),
  ];
}
