// What may be done with a case where it stands, and how far a complaint has come.
import type { Case, CaseStatus } from "@guanxi/client/gen/guanxi";

export type Move =
  | "acknowledge"
  | "takeUp"
  | "goOn"
  | "waitForCustomer"
  | "hold"
  | "resolve"
  | "close"
  | "reopen"
  | "cancel"
  | "assign"
  | "route"
  | "edit"
  | "split"
  | "merge";

const WORK: readonly Move[] = ["assign", "route", "edit", "split", "merge"];

const POSSIBLE: Partial<Record<CaseStatus, readonly Move[]>> = {
  STATUS_NEW: ["takeUp", "waitForCustomer", "hold", "resolve", ...WORK, "cancel"],
  STATUS_ASSIGNED: ["takeUp", "waitForCustomer", "hold", "resolve", ...WORK, "cancel"],
  STATUS_IN_PROGRESS: ["resolve", "waitForCustomer", "hold", ...WORK, "cancel"],
  STATUS_WAITING_CUSTOMER: ["goOn", "hold", "resolve", ...WORK, "cancel"],
  STATUS_ON_HOLD: ["goOn", "waitForCustomer", "resolve", ...WORK, "cancel"],
  STATUS_RESOLVED: ["close", "reopen", "edit"],
  STATUS_CLOSED: ["reopen"],
};

type Standing = Pick<Case, "status" | "kind" | "acknowledgeTime">;

/** The first one is what most often comes next. A complaint is acknowledged before it is resolved, and never cancelled. */
export function movesOf({ status, kind, acknowledgeTime }: Standing): Move[] {
  const moves = POSSIBLE[status] ?? [];
  if (kind !== "KIND_COMPLAINT") return [...moves];
  const kept = moves.filter((move) => move !== "cancel");
  if (acknowledgeTime || !kept.includes("resolve")) return kept;
  return ["acknowledge", ...kept.filter((move) => move !== "resolve")];
}

export const isOpen = ({ status }: Pick<Case, "status">): boolean =>
  (POSSIBLE[status] ?? []).includes("assign");

type Station = "acknowledge" | "investigate" | "cause" | "act" | "answer" | "close";

export interface Stop {
  station: Station;
  done: boolean;
  /** Nobody is kept from closing without it. */
  optional: boolean;
}

type Complaint = Pick<
  Case,
  "acknowledgeTime" | "steps" | "rootCause" | "correctiveActionId" | "resolveTime" | "closeTime" | "status"
>;

/** The way of a complaint: what has been done, and what is still missing. */
export function wayOf(it: Complaint): Stop[] {
  const begun = it.status !== "STATUS_NEW" && it.status !== "STATUS_ASSIGNED";
  const done: Record<Station, boolean> = {
    acknowledge: Boolean(it.acknowledgeTime),
    investigate: begun && it.steps.every(({ doneTime }) => doneTime),
    cause: it.rootCause !== "ROOT_CAUSE_UNSPECIFIED",
    act: it.correctiveActionId !== "",
    answer: Boolean(it.resolveTime),
    close: Boolean(it.closeTime),
  };
  return (Object.keys(done) as Station[]).map((station) => ({
    station,
    done: done[station],
    optional: station === "act",
  }));
}
