import {
  type CampaignMessage,
  CampaignMessage_State,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_message";
import { numberOf } from "@guanxi/kit/enum-names";
import { etagOf } from "@guanxi/kit/etag";
import type { MessageState } from "./message-state.ts";

/** The whole public state, as events carry it. */
export const presentMessage = ({ version, ...it }: MessageState): CampaignMessage => ({
  ...it,
  notBeforeTime: it.notBeforeTime ?? undefined,
  state: numberOf(CampaignMessage_State, it.state),
  interactionId: it.interactionId ?? "",
  sentTime: it.sentTime ?? undefined,
  etag: etagOf({ version }),
});
