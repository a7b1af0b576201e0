// What every change of a case has in common: marks, promises, and what becomes due by them.
import type { At } from "@guanxi/kit/at";
import type { Codec } from "@guanxi/kit/codec";
import { lock, record } from "@guanxi/kit/store";
import { matchEtag } from "@guanxi/kit/etag";
import type { Mark } from "../sla/clock.ts";
import { passOver } from "../sla/broken-before.ts";
import { slaFor, watch } from "../sla/sla-of.ts";
import { type CaseState, withSla } from "./case-state.ts";
import { cases } from "./cases.ts";
import { addMarks, marksBetween, marksOf } from "./marks.ts";

export interface Telling {
  readonly facts?: object;
  /** What was said besides what the statuses tell. */
  readonly said?: readonly Mark[];
}

/** The case as it stands, locked; as the caller has seen it, where the caller says what that was. */
export async function lockCase(at: At, request: { readonly caseId: string; readonly etag: string }) {
  const before = await lock(at, cases, request.caseId);
  matchEtag(before, request.etag);
  return before;
}

/** Another process, or this one before, may have had a clock that was ahead. */
export const nowAfter = ({ updateTime }: CaseState, { now }: At) => (now > updateTime ? now : updateTime);

/** One change is one event, with the promises as they are now. */
export async function keep(
  at: At,
  before: CaseState,
  changed: CaseState,
  event: Codec<unknown>,
  { facts = {}, said = [] }: Telling = {},
): Promise<CaseState> {
  const after = behind(before, changed);
  const marks = [...marksBetween(before, after, after.updateTime), ...said];
  const clocked = marks.length > 0 || promisedBy(before) !== promisedBy(after);
  if (!clocked) return record(at, cases, after, event, facts);
  const known = (await marksOf(at, [after.caseId])).get(after.caseId)!;
  return keepClocked(at, after, { known, marks }, event, facts);
}

/** Clocks are set back, and those of two processes differ: what was done last is the last in the course of the case, too. */
function behind(before: CaseState, after: CaseState): CaseState {
  const { updateTime } = before;
  if (after.updateTime >= updateTime) return after;
  const statusSinceTime = after.status === before.status ? after.statusSinceTime : updateTime;
  return { ...after, statusSinceTime, updateTime };
}

/** What the promises go by, besides the marks. */
const promisedBy = ({ kind, priority, grade }: CaseState) => `${kind} ${priority} ${grade}`;

/** It was over when a file brought it. */
const isUnmeasured = ({ sla }: CaseState) => sla.serviceCalendarId === "";

interface Marks {
  readonly known: readonly Mark[];
  /** To be added. */
  readonly marks: readonly Mark[];
}

export async function keepClocked(
  at: At,
  after: CaseState,
  { known, marks }: Marks,
  event: Codec<unknown>,
  facts: object = {},
): Promise<CaseState> {
  const { sla, instants } = await slaFor(at, { ...after, marks: [...known, ...marks] });
  const watched = [{ ...after, instants }];
  await watch(at, isUnmeasured(after) ? await passOver(at, watched) : watched);
  addMarks(at, after.caseId, marks);
  return record(at, cases, withSla(after, sla), event, facts);
}
