import { setTimeout as pause } from "node:timers/promises";
import { Metadata } from "@grpc/grpc-js";
import { archiveOf } from "@guanxi/bus/archive";
import { rebuild } from "@guanxi/bus/rebuild";
import { applying, openContext, settingsOf } from "@guanxi/bus/start";
import {
  CustomerCountServiceService,
  QueryCustomerCountsRequest,
  type QueryCustomerCountsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/customer_count_service";
import { CustomerChanged, CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import {
  EventLogServiceService,
  LocateEventRequest,
  WaitForRequest,
  WatermarkServiceService,
} from "@guanxi/contract/guanxi/event/v1/event_service";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { get, record } from "@guanxi/kit/store";
import { publishAgain } from "@guanxi/testkit/publish-again";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { connect } from "@nats-io/transport-node";
import { analytics } from "../src/app.ts";
import type { CustomerFact } from "../src/customers/customer-fact.ts";
import { teller, told } from "./teller.ts";

export type Changes = Partial<Omit<CustomerFact, "customerId" | "version">>;

const plain = {
  stage: 1,
  grade: 0,
  source: 0,
  day: "2026-03-01",
  archived: false,
  ownerId: null,
  displayName: "晨光贸易",
  regionCode: "CN",
  version: 0,
};

/** Analytics, and somebody who tells of customers on the same bus. */
export async function startCounting() {
  const service = await startService(analytics);
  const source = await startService(teller, { NATS_URL: service.nats.url });
  const log = createLog("analytics", "silent");
  const reading = await openContext(analytics, settingsFor(analytics, service), log);
  const telling = await openContext(teller, settingsFor(teller, source), log);
  const nats = await connect({ servers: service.nats.url });
  const as = (tenantId: string) => ({
    tenantId,
    actor: "test",
    timeZone: "Asia/Shanghai",
    currencyCode: "CNY",
  });

  /** Where the event stands in the stream, once it is there. */
  async function placeOf(tenantId: string, { customerId, version }: CustomerFact): Promise<bigint> {
    const request = LocateEventRequest.fromPartial({ tenantId, aggregateId: customerId, version });
    const token = await source.serviceToken();
    const { streamSequence } = await source.call(EventLogServiceService.locateEvent, request, token);
    return streamSequence;
  }

  return {
    service,
    source,
    placeOf,
    register: (tenantId: string, all: readonly Changes[]): Promise<CustomerFact[]> =>
      telling.act(as(tenantId), async (at) => {
        const customers = all.map((each) => ({ ...plain, ...each, customerId: at.newId() }));
        return record(at, told, customers, CustomerRegistered);
      }),
    change: (
      tenantId: string,
      { customerId }: Pick<CustomerFact, "customerId">,
      changes: Changes,
    ): Promise<CustomerFact> =>
      telling.act(as(tenantId), async (at) =>
        record(at, told, { ...(await get(at, told, customerId)), ...changes }, CustomerChanged),
      ),
    /** Puts events into the stream as they stand, which no relay would do. */
    publish: async (events: readonly { subject: string; payload: Uint8Array }[]): Promise<bigint> =>
      BigInt(await publishAgain(nats, events)),
    /** All that was told is in the stream, and analytics has read it. */
    async settled(): Promise<void> {
      while ((await source.admin.query("select from outbox limit 1")).rowCount) await pause(5);
      await service.settled();
    },
    /** Analytics has read up to there. */
    async heard(streamSequence: bigint): Promise<void> {
      const request = WaitForRequest.fromPartial({ streamSequence });
      await service.call(WatermarkServiceService.waitFor, request, await service.serviceToken());
    },
    async rebuild(tenantId: string): Promise<{ events: number }> {
      const metadata = new Metadata();
      metadata.set("authorization", `Bearer ${await source.serviceToken()}`);
      const archive = archiveOf(source.grpcAddress(), async () => metadata);
      return rebuild(applying(analytics, reading, analytics.readers[0]!), archive, tenantId);
    },
    async stop(): Promise<void> {
      await nats.close();
      await Promise.all([reading.db.close(), telling.db.close()]);
      await source.stop();
      await service.stop();
    },
  };
}

export const count = (user: TestUser, request: object = {}): Promise<QueryCustomerCountsResponse> =>
  user.call(CustomerCountServiceService.queryCustomerCounts, QueryCustomerCountsRequest.fromPartial(request));

type Service = Awaited<ReturnType<typeof startService>>;

const settingsFor = (app: typeof analytics | typeof teller, { database, nats }: Service) =>
  settings(settingsOf(app), {
    DATABASE_URL: database.urlOf("app"),
    DATABASE_RELAY_URL: database.urlOf("relay"),
    NATS_URL: nats.url,
  }) as never;
