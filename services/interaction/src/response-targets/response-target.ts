// How soon an answer is owed on a channel, and when a conversation on it is over.
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { Channel } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { ResponseTarget } from "@guanxi/contract/guanxi/interaction/v1/response_target";
import { type NameOf, nameOf, numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { ChannelName } from "../interactions/interaction-state.ts";

export interface ResponseTargetState {
  readonly responseTargetId: string;
  readonly channel: ChannelName;
  /** Empty for all grades. */
  readonly grade: NameOf<typeof Grade> | "";
  readonly replyMinutes: number;
  readonly silenceDays: number;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export type Terms = Pick<ResponseTargetState, "replyMinutes" | "silenceDays">;

const HOUR = 60;
const DAY = 24 * HOUR;
const SILENCE_DAYS = 7;
const REPLY_MINUTES: Partial<Record<ChannelName, number>> = { EMAIL: DAY, POST: DAY, WEB_CHAT: 2 };

/** What holds as long as nobody has said anything else. */
export const firstTerms = (channel: ChannelName): Terms => ({
  replyMinutes: REPLY_MINUTES[channel] ?? HOUR,
  silenceDays: SILENCE_DAYS,
});

/** The target of the grade before that of the channel. */
export function termsAmong(
  targets: readonly Pick<ResponseTargetState, "grade" | "replyMinutes" | "silenceDays">[],
  channel: ChannelName,
  grade: string | null,
): Terms {
  const of = (wanted: string) => targets.find((each) => each.grade === wanted);
  return (grade ? of(grade) : undefined) ?? of("") ?? firstTerms(channel);
}

export const create = (sent: ResponseTarget, responseTargetId: string, now: Date): ResponseTargetState => ({
  responseTargetId,
  channel: nameOf(Channel, sent.channel)!,
  grade: nameOf(Grade, sent.grade) ?? "",
  ...termsOf(sent),
  createTime: now,
  updateTime: now,
  version: 0,
});

export const change = (
  before: ResponseTargetState,
  sent: ResponseTarget,
  now: Date,
): ResponseTargetState => ({
  ...before,
  ...termsOf(sent),
  updateTime: now,
});

const termsOf = ({ replyMinutes, silenceDays }: ResponseTarget): Terms => ({ replyMinutes, silenceDays });

export const present = (target: ResponseTargetState): ResponseTarget =>
  ResponseTarget.fromPartial({
    responseTargetId: target.responseTargetId,
    channel: numberOf(Channel, target.channel),
    grade: numberOf(Grade, target.grade || null),
    replyMinutes: target.replyMinutes,
    silenceDays: target.silenceDays,
    createTime: target.createTime,
    updateTime: target.updateTime,
    etag: etagOf(target),
  });
