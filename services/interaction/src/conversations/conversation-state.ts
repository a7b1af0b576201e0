// The row of a conversation.
import type { Conversation_State } from "@guanxi/contract/guanxi/interaction/v1/conversation";
import type { NameOf } from "@guanxi/kit/enum-names";
import type { ChannelName } from "../interactions/interaction-state.ts";

/** Absent is null, so that has() of a condition is true of what is there. */
export interface ConversationState {
  readonly conversationId: string;
  readonly channel: ChannelName;
  readonly customerId: string | null;
  readonly contactId: string | null;
  readonly partyAddress: string;
  readonly subject: string;
  readonly state: NameOf<typeof Conversation_State>;
  readonly caseId: string | null;
  readonly assigneeId: string | null;
  readonly interactionCount: number;
  /** Places are never given twice: more than the count once an import was undone. */
  readonly lastPosition: number;
  readonly firstTime: Date;
  readonly lastTime: Date;
  readonly waitingSinceTime: Date | null;
  readonly replyDueTime: Date | null;
  /** The due time; the end of time where nobody waits, since lists are sorted by it. */
  readonly replyDueOrder: Date;
  readonly overdue: boolean;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}
