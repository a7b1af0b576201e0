// A leaver's book on its way to others.
import { HandOver_State as State } from "@guanxi/contract/guanxi/customer/v1/hand_over";
import type { HandOver } from "@guanxi/contract/guanxi/customer/v1/hand_over";
import type { Principal } from "@guanxi/kit/at";
import { type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import { refuse } from "@guanxi/kit/refuse";

export interface HandOverState {
  readonly handOverId: string;
  readonly fromUserId: string;
  readonly toUserIds: readonly string[];
  readonly reason: string;
  readonly state: NameOf<typeof State>;
  readonly customerCount: number;
  /** Written at the end; until then they are counted where each customer's turn stands. */
  readonly handedOverCount: number;
  readonly skippedCount: number;
  readonly starter: Principal;
  readonly createTime: Date;
  readonly completeTime: Date | null;
  readonly version: number;
}

export interface Starting {
  readonly handOverId: string;
  readonly customerCount: number;
  readonly starter: Principal;
  readonly now: Date;
}

export function start(sent: HandOver, { handOverId, customerCount, starter, now }: Starting): HandOverState {
  const fromUserId = sent.fromUserId.toLowerCase();
  const toUserIds = sent.toUserIds.map((id) => id.toLowerCase());
  if (toUserIds.includes(fromUserId))
    throw refuse("invalid", "INVALID_REQUEST", "Nobody takes over from themselves.", [
      { field: "hand_over.to_user_ids", description: "must not name who leaves", reason: "SAME_USER" },
    ]);
  return {
    handOverId,
    fromUserId,
    toUserIds,
    reason: sent.reason,
    state: "RUNNING",
    customerCount,
    handedOverCount: 0,
    skippedCount: 0,
    starter,
    createTime: now,
    completeTime: null,
    version: 0,
  };
}

export interface Counts {
  readonly handedOverCount: number;
  readonly skippedCount: number;
}

export const complete = (handOver: HandOverState, counts: Counts, now: Date): HandOverState => ({
  ...handOver,
  ...counts,
  state: "COMPLETED",
  completeTime: now,
});

/** Of several each gets the next customer in turn. */
export const takerOf = ({ toUserIds }: Pick<HandOverState, "toUserIds">, turn: number): string =>
  toUserIds[turn % toUserIds.length]!;

/** The whole public state, as events carry it. */
export const present = (handOver: HandOverState): HandOver => ({
  handOverId: handOver.handOverId,
  fromUserId: handOver.fromUserId,
  toUserIds: [...handOver.toUserIds],
  reason: handOver.reason,
  state: numberOf(State, handOver.state),
  customerCount: BigInt(handOver.customerCount),
  handedOverCount: BigInt(handOver.handedOverCount),
  skippedCount: BigInt(handOver.skippedCount),
  createTime: handOver.createTime,
  completeTime: handOver.completeTime ?? undefined,
  etag: etagOf(handOver),
});
