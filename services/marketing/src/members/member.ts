// How far a campaign has come with a member.
import { madeId } from "@guanxi/kit/made-id";
import type { MemberState, MemberStatus } from "./member-state.ts";

/** The same member of a campaign, however often the customer is found. */
const memberIdOf = (tenantId: string, campaignId: string, customerId: string): string =>
  madeId(tenantId, "campaign member", campaignId, customerId);

export interface Targeted {
  readonly tenantId: string;
  readonly campaignId: string;
  readonly customerId: string;
  readonly origin: MemberState["origin"];
  readonly now: Date;
}

export const target = ({ tenantId, campaignId, customerId, origin, now }: Targeted): MemberState => ({
  memberId: memberIdOf(tenantId, campaignId, customerId),
  campaignId,
  customerId,
  origin,
  status: "TARGETED",
  suppressedReason: "",
  targetedTime: now,
  sentTime: null,
  openedTime: null,
  clickedTime: null,
  respondedTime: null,
  convertedTime: null,
  bouncedTime: null,
  unsubscribedTime: null,
  response: "",
  version: 0,
});

const TIMES = {
  SENT: "sentTime",
  OPENED: "openedTime",
  CLICKED: "clickedTime",
  RESPONDED: "respondedTime",
  CONVERTED: "convertedTime",
  BOUNCED: "bouncedTime",
  UNSUBSCRIBED: "unsubscribedTime",
} as const satisfies Partial<Record<MemberStatus, keyof MemberState>>;

/** In rising order. What has been suppressed is behind all that was reached. */
const RANKS: Record<MemberStatus, number> = {
  TARGETED: 0,
  SUPPRESSED: 0,
  SENT: 1,
  OPENED: 2,
  CLICKED: 3,
  RESPONDED: 4,
  BOUNCED: 5,
  CONVERTED: 6,
  UNSUBSCRIBED: 7,
};

/** The same member where it was so before; a status is never lowered. */
export function reached(it: MemberState, status: keyof typeof TIMES, now: Date): MemberState {
  const field = TIMES[status];
  if (it[field] !== null) return it;
  const rises = RANKS[status] > RANKS[it.status];
  return {
    ...it,
    [field]: now,
    ...(rises && { status }),
    ...(rises && it.status === "SUPPRESSED" && { suppressedReason: "" }),
  };
}

/** Nothing was sent so far, and this is why; the same member where something was, or the reason is known. */
export function suppress(it: MemberState, reason: string): MemberState {
  if (it.sentTime !== null || (it.status !== "TARGETED" && it.status !== "SUPPRESSED")) return it;
  if (it.suppressedReason === reason || it.suppressedReason === REMOVED) return it;
  return { ...it, status: "SUPPRESSED", suppressedReason: reason };
}

const REMOVED = "REMOVED";

/** Taken out by hand; the same member where it is so already, or nothing could be sent any more anyway. */
export const remove = (it: MemberState): MemberState =>
  endedBy(it) === undefined
    ? { ...it, suppressedReason: REMOVED, ...(it.sentTime === null && { status: "SUPPRESSED" }) }
    : it;

/** Why nothing more is sent to a member at all; undefined where something may be. */
export function endedBy({
  status,
  suppressedReason,
  unsubscribedTime,
  convertedTime,
}: MemberState): string | undefined {
  if (unsubscribedTime !== null) return "UNSUBSCRIBED";
  if (convertedTime !== null) return "CONVERTED";
  if (status === "BOUNCED") return "BOUNCED_BEFORE";
  return suppressedReason === REMOVED ? REMOVED : undefined;
}
