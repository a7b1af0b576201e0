// The way of a case, as a plain table.
import { refuse } from "@guanxi/kit/refuse";
import type { CaseState, CaseStatus } from "./case-state.ts";

export const NEXT: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  NEW: ["ASSIGNED", "IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD", "RESOLVED", "CANCELLED", "MERGED"],
  ASSIGNED: ["NEW", "IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD", "RESOLVED", "CANCELLED", "MERGED"],
  IN_PROGRESS: ["WAITING_CUSTOMER", "ON_HOLD", "RESOLVED", "CANCELLED", "MERGED"],
  WAITING_CUSTOMER: ["IN_PROGRESS", "ON_HOLD", "RESOLVED", "CANCELLED", "MERGED"],
  ON_HOLD: ["IN_PROGRESS", "WAITING_CUSTOMER", "RESOLVED", "CANCELLED", "MERGED"],
  RESOLVED: ["IN_PROGRESS", "CLOSED"],
  CLOSED: ["IN_PROGRESS"],
  CANCELLED: [],
  MERGED: [],
};

/** What MoveCase may do; all else has a verb of its own. */
const WALKED: readonly CaseStatus[] = ["IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD"];

/** Work that counts against somebody's capacity. */
export const OPEN: readonly CaseStatus[] = ["NEW", "ASSIGNED", "IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD"];

export const isOpen = ({ status }: Pick<CaseState, "status">) => OPEN.includes(status);

/** In these the clocks stand still. */
export const isPaused = ({ status }: Pick<CaseState, "status">) =>
  status === "WAITING_CUSTOMER" || status === "ON_HOLD";

/** A case that has its answer is opened again by ReopenCase, which asks why. */
export const movesOf = (it: Pick<CaseState, "status">): CaseStatus[] =>
  isOpen(it) ? NEXT[it.status].filter((next) => WALKED.includes(next)) : [];

export function entered<C extends CaseState>(it: C, status: CaseStatus, now: Date): C {
  if (!NEXT[it.status].includes(status)) throw illegalMove(it, status, NEXT[it.status]);
  return { ...it, status, statusSinceTime: now, updateTime: now };
}

export function illegalMove(
  { status }: Pick<CaseState, "status">,
  wanted: CaseStatus,
  possible: readonly CaseStatus[],
) {
  const ways =
    possible.length > 0 ? `it may become ${possible.join(" or ")}` : "there is no way on from there";
  return refuse("precondition", "ILLEGAL_MOVE", `The case is ${status}: ${ways}, not ${wanted}.`);
}

/** What is over is read and reopened, not worked on. */
export function requireOpen(it: Pick<CaseState, "status" | "number">): void {
  if (!isOpen(it)) throw over(it);
}

/** Nothing is awaited any more; a resolved case still waits for its customer to agree. */
export const isOver = ({ status }: Pick<CaseState, "status">) =>
  status === "CLOSED" || status === "CANCELLED" || status === "MERGED";

export function requireNotOver(it: Pick<CaseState, "status" | "number">): void {
  if (isOver(it)) throw over(it);
}

const over = ({ number, status }: Pick<CaseState, "status" | "number">) =>
  refuse("precondition", "CASE_OVER", `Case ${number} is ${status}: ${wayOn(status)}.`);

const wayOn = (status: CaseStatus) =>
  status === "MERGED"
    ? "go on in the one that it was merged into"
    : status === "CANCELLED"
      ? "open a new one"
      : "reopen it first";
