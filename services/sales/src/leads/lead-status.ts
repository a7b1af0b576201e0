// The way of a lead, as a plain table.
import { refuse } from "@guanxi/kit/refuse";
import type { LeadState, LeadStatus } from "./lead-state.ts";

export const NEXT: Readonly<Record<LeadStatus, readonly LeadStatus[]>> = {
  NEW: ["ASSIGNED", "CONTACTING", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
  ASSIGNED: ["NEW", "CONTACTING", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
  CONTACTING: ["ASSIGNED", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
  NURTURING: ["ASSIGNED", "CONTACTING", "QUALIFIED", "DISQUALIFIED"],
  QUALIFIED: ["ASSIGNED", "CONTACTING", "NURTURING", "CONVERTED", "DISQUALIFIED"],
  // Only where the customer service refuses: nobody takes back what has been made.
  CONVERTED: ["QUALIFIED"],
  DISQUALIFIED: ["RECYCLED"],
  RECYCLED: ["ASSIGNED", "CONTACTING", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
};

/** What MoveLead may do; all else has a verb of its own. */
const WALKED: readonly LeadStatus[] = ["ASSIGNED", "CONTACTING", "NURTURING"];

/** Nobody is to look after a lead that has no owner. */
export const movesOf = ({ status, ownerId }: Pick<LeadState, "status" | "ownerId">): LeadStatus[] =>
  NEXT[status].filter((next) => WALKED.includes(next) && (next !== "ASSIGNED" || ownerId !== null));

export function entered(lead: LeadState, status: LeadStatus, now: Date): LeadState {
  if (!NEXT[lead.status].includes(status)) throw illegalMove(lead, status, NEXT[lead.status]);
  return { ...lead, status, statusSinceTime: now, updateTime: now };
}

export function illegalMove({ status }: LeadState, wanted: LeadStatus, possible: readonly LeadStatus[]) {
  const ways =
    possible.length > 0 ? `it may become ${possible.join(" or ")}` : "there is no way on from there";
  return refuse("precondition", "ILLEGAL_MOVE", `The lead is ${status}: ${ways}, not ${wanted}.`);
}

/** What became a customer is changed there. */
export function requireOpen({ status }: LeadState): void {
  if (status === "CONVERTED")
    throw refuse(
      "precondition",
      "LEAD_CONVERTED",
      "The lead is converted: change customer, contact and opportunity.",
    );
}
