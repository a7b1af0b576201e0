// What happens to customers elsewhere, told as the other services tell it, and what the portrait and the timeline make of it.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  GetPortraitRequest,
  PortraitServiceService,
} from "@guanxi/contract/guanxi/customer/v1/portrait_service";
import {
  ListTimelineRequest,
  type TimelineEntry,
  TimelineServiceService,
} from "@guanxi/contract/guanxi/customer/v1/timeline_service";
import { Channel, Direction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import type { Codec } from "@guanxi/kit/codec";
import { dateOf } from "@guanxi/kit/days";
import type { TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll } from "vitest";
import { customerService } from "./service.ts";

const IDS: Record<string, string> = { CampaignMember: "memberId", CustomerValue: "customerId" };

export interface ToldState {
  readonly customerId?: string;
  readonly [field: string]: unknown;
}

/** One teller speaks for all services: the area of an event is in its type. */
export function portraitRig() {
  const service = customerService();
  let teller: Awaited<ReturnType<typeof startTeller>>;
  beforeAll(async () => {
    teller = await startTeller(service, "sales");
  });
  afterAll(() => teller?.stop());
  return {
    service,
    archive: () => teller.archive(),
    /** Answers the id of what it happened to. */
    async tell<M>(
      user: TestUser,
      message: Codec<M>,
      event: Codec<unknown>,
      state: ToldState,
      { id = randomUUID(), facts = {} }: { id?: string; facts?: object } = {},
    ): Promise<string> {
      const name = message.$type.split(".").at(-1)!;
      const idField = IDS[name] ?? `${name[0]!.toLowerCase()}${name.slice(1)}Id`;
      const { customerId = "" } = state;
      const told = { id, state: { [idField]: id, ...state }, facts, ...(customerId && { customerId }) };
      await teller.tell(user.tenantId, message, event, told);
      return id;
    },
    /** And what is counted of it has been counted. */
    async heard(): Promise<void> {
      await teller.settled();
      const due = "select from customer_checks where due_time <= now() limit 1";
      while ((await service.admin.query(due)).rowCount) await pause(5);
    },
  };
}

export const portrait = (user: TestUser, customerId: string) =>
  user.call(PortraitServiceService.getPortrait, GetPortraitRequest.fromPartial({ customerId }));

export const page = (user: TestUser, customerId: string, more: object = {}) =>
  user.call(TimelineServiceService.listTimeline, ListTimelineRequest.fromPartial({ customerId, ...more }));

/** What the other services tell: the customer's own rules may have something to say at any time. */
export const ELSEWHERE = 'area != "customer"';

export const timeline = async (user: TestUser, customerId: string, more: object = {}) =>
  (await page(user, customerId, more)).entries;

export const kinds = (entries: readonly TimelineEntry[]) => entries.map(({ kind }) => kind);

const HOUR = 3_600_000;

const NOW = Math.floor(Date.now() / 1000) * 1000;

/** Before the tests began. */
export const ago = (hours: number) => new Date(NOW - hours * HOUR);

/** In China. */
export const dayOf = (time: Date) => dateOf(new Date(time.getTime() + 8 * HOUR).toISOString().slice(0, 10));

export const cny = (units: number) => ({ currencyCode: "CNY", units: BigInt(units), nanos: 0 });

export const call = (customerId: string, at: Date, more: object = {}) => ({
  customerId,
  channel: Channel.PHONE,
  direction: Direction.INBOUND,
  subject: "invoice",
  eventTime: at,
  eventDate: dayOf(at),
  ...more,
});
