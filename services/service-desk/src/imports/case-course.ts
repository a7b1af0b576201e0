// Where a row says that a case stands, and when it came there.
import type { TypedRow } from "@guanxi/import/service/kind";
import { rowFault } from "@guanxi/import/service/planned";
import { textIn } from "@guanxi/import/service/row-values";
import type { CaseState, CaseStatus } from "../cases/case-state.ts";
import { isOpen } from "../cases/case-status.ts";
import { statusIn } from "./case-words.ts";

interface CourseSetting {
  readonly now: Date;
  dayOf(time: Date): string;
  readonly mapped: ReadonlySet<string>;
  readonly assigneeId: string | null;
  /** Rows before these have made the case. */
  readonly isMade: boolean;
}

export function courseOf(row: TypedRow, base: CaseState, setting: CourseSetting) {
  const { now, dayOf, mapped, assigneeId } = setting;
  const openTime = timeIn(row, "open_time", now) ?? base.openTime;
  const told = (field: string, before: Date | null) => {
    const time = mapped.has(field) ? timeIn(row, field, now) : before;
    if (time === null || time >= openTime) return time;
    throw rowFault(field, "INVALID_TIME", "The time must not be before the case was opened.");
  };
  const resolveTime = told("resolve_time", base.resolveTime);
  const closeTime = told("close_time", base.closeTime);
  const status = statusIn(textIn(row, "status")) ?? statusBy(base, { resolveTime, closeTime, assigneeId });
  const isOver = !isOpen({ status });
  const course = {
    openTime,
    openDate: dayOf(openTime),
    status,
    acknowledgeTime: told("acknowledge_time", base.acknowledgeTime),
    firstResponseTime: told("first_response_time", base.firstResponseTime),
    // Of a case that is open a log may tell beforehand when it was closed in the end.
    resolveTime: isOver ? resolveTime : null,
    closeTime: status === "CLOSED" ? closeTime : null,
    assignTime: assigneeId === base.assigneeId ? base.assignTime : openTime,
  };
  const isSame = base.version > 0 && base.status === status;
  return { ...course, statusSinceTime: isSame ? base.statusSinceTime : sinceOf(course, base, setting) };
}

function timeIn({ values }: TypedRow, field: string, now: Date): Date | null {
  const time = (values.get(field) as Date | undefined) ?? null;
  if (time === null || time <= now) return time;
  throw rowFault(field, "INVALID_TIME", "The time must not be in the future.");
}

type Times = Pick<CaseState, "resolveTime" | "closeTime" | "assigneeId">;

/** Where the row has no word for it. */
function statusBy(base: CaseState, { resolveTime, closeTime, assigneeId }: Times): CaseStatus {
  if (closeTime) return "CLOSED";
  if (resolveTime) return "RESOLVED";
  if (base.version > 0) return base.status;
  return assigneeId === null ? "NEW" : "ASSIGNED";
}

type Course = Pick<CaseState, "openTime" | "closeTime" | "resolveTime">;

/**
 * When the row says so. What is new here stood so from its opening on, as far as anybody knows; of a case that somebody may have
 * worked on, all that is known is that it stands so now.
 */
function sinceOf(
  { closeTime, resolveTime, openTime }: Course,
  base: CaseState,
  { mapped, isMade, now }: CourseSetting,
) {
  const said = (mapped.has("close_time") && closeTime) || (mapped.has("resolve_time") && resolveTime);
  if (said) return said;
  if (base.version === 0) return openTime;
  return isMade ? base.statusSinceTime : now;
}
