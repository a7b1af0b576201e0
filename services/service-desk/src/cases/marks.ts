// What the clocks of a case are reckoned from, in the order in which it was said. Only what an import has said goes again, with
// its undo: nothing of it has happened.
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { Mark, MarkKind } from "../sla/clock.ts";
import type { CaseState, CaseStatus } from "./case-state.ts";
import { isOpen, isPaused } from "./case-status.ts";

type Stand = Pick<CaseState, "status">;

/** What a step from one status to the next means to the clocks. */
export function marksBetween(before: Stand, after: Stand, time: Date): Mark[] {
  if (before.status === after.status) return [];
  const kinds: MarkKind[] = [];
  if (isPaused(before) && !isPaused(after)) kinds.push("resume");
  if (!isPaused(before) && isPaused(after)) kinds.push("pause");
  if (!isOpen(before) && isOpen(after)) kinds.push("reopen");
  const end = endBetween(before, after);
  if (end) kinds.push(end);
  return kinds.map((kind) => ({ time, kind }));
}

/** What is closed has been solved before, unless a file says both at once. */
const endBetween = (before: Stand, { status }: Stand) =>
  status === "CLOSED" && isOpen(before) ? "resolve" : ENDS[status];

const ENDS: Partial<Record<CaseStatus, MarkKind>> = {
  RESOLVED: "resolve",
  CANCELLED: "stop",
  MERGED: "stop",
};

/** Of each case, as they were said; the clock puts them in the order of time. Less those of an import. */
export async function marksOf(
  at: At,
  caseIds: readonly string[],
  lessImportId: string | null = null,
): Promise<Map<string, Mark[]>> {
  const rows = await named<CaseMark>(at, {
    name: "case marks of",
    text: `select case_id as "caseId", time, kind from case_marks
      where case_id = any($1::uuid[]) and ($2::uuid is null or import_id is distinct from $2::uuid) order by mark_id`,
    values: [caseIds, lessImportId],
  });
  const byCase = Map.groupBy(rows, ({ caseId }) => caseId);
  const plain = (marks: readonly Mark[]) => marks.map(({ time, kind }) => ({ time, kind }));
  return new Map(caseIds.map((id) => [id, plain(byCase.get(id) ?? [])]));
}

/** A mark, and whose it is. */
type CaseMark = Mark & { readonly caseId: string };

export const addMarks = (at: At, caseId: string, marks: readonly Mark[]): void =>
  addCaseMarks(
    at,
    marks.map((mark) => ({ ...mark, caseId })),
  );

/** Of many cases at once. */
export function addCaseMarks(at: At, marks: readonly CaseMark[]): void {
  if (marks.length === 0) return;
  at.tell({
    name: "case marks insert",
    text: `insert into case_marks (case_id, time, kind, import_id)
      select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::uuid[])`,
    values: [
      marks.map(({ caseId }) => caseId),
      marks.map(({ time }) => time.toISOString()),
      marks.map(({ kind }) => kind),
      marks.map(() => at.cause.importId ?? null),
    ],
    rows: true,
  });
}

/** What an import has said of cases is taken back. */
export function forgetMarks(at: At, importId: string, caseIds: readonly string[]): void {
  at.tell({
    name: "case marks forget",
    text: "delete from case_marks where import_id = $1 and case_id = any($2::uuid[])",
    values: [importId, caseIds],
  });
}
