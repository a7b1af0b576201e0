// The rows of an event and of its guests.
import type { EventGuest_Status } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import type { MarketingEvent_State } from "@guanxi/contract/guanxi/marketing/v1/marketing_event";
import type { NameOf } from "@guanxi/kit/enum-names";

export interface EventState {
  readonly eventId: string;
  readonly name: string;
  readonly description: string;
  readonly place: string;
  readonly startTime: Date;
  readonly endTime: Date;
  /** 0 for any number. */
  readonly capacity: number;
  readonly campaignId: string | null;
  readonly followUp: string;
  readonly followUpDays: number;
  readonly ownerId: string | null;
  readonly state: NameOf<typeof MarketingEvent_State>;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export type GuestStatus = NameOf<typeof EventGuest_Status>;

export interface GuestState {
  readonly guestId: string;
  readonly eventId: string;
  readonly customerId: string;
  readonly status: GuestStatus;
  readonly inviteTime: Date;
  readonly registerTime: Date | null;
  readonly declineTime: Date | null;
  readonly attendTime: Date | null;
  readonly followUpTime: Date | null;
  readonly version: number;
}
