// A schema like that of a service, with nothing but an outbox that is filled by hand.
import { randomUUID } from "node:crypto";
import { Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { Actor_Kind } from "@guanxi/contract/guanxi/event/v1/event";
import { migrate } from "@guanxi/kit/migrate";
import { aCustomer } from "./customers.ts";
import type { System } from "./system.ts";

export const SERVICE = "drain";
export const TENANT = randomUUID();

export function urlOf({ adminUrl }: System, role: "app" | "relay" | "owner"): string {
  const url = new URL(adminUrl);
  url.username = `${SERVICE}_${role}`;
  return url.href; // with the admin's password: this database goes again
}

/** As many events as were asked for, ready to be put into the outbox again and again. */
export async function prepare(system: System, events: number): Promise<void> {
  const urls = [urlOf(system, "app"), urlOf(system, "relay")];
  await migrate({
    service: SERVICE,
    migrations: [],
    adminUrl: system.adminUrl,
    ownerUrl: urlOf(system, "owner"),
    urls,
  });
  await system.admin.query(
    "create table drain.prepared (aggregate_id uuid not null, subject text not null, payload bytea not null)",
  );
  for (let left = events; left > 0; left -= 1000) {
    const some = Array.from({ length: Math.min(left, 1000) }, () => anEvent(SERVICE));
    const values = [some.map(({ aggregateId }) => aggregateId), some.map(({ subject }) => subject)];
    const text = "insert into drain.prepared select * from unnest($1::uuid[], $2::text[], $3::bytea[])";
    await system.admin.query(text, [...values, some.map(({ payload }) => payload)]);
  }
}

/** All of them at once, under new ids: the clock starts with their commit. */
export async function fill({ admin }: System): Promise<void> {
  await admin.query("vacuum analyze drain.outbox");
  const rows = `select gen_random_uuid(), '${TENANT}', aggregate_id, 1, subject, payload from drain.prepared`;
  await admin.query(
    `insert into drain.outbox (event_id, tenant_id, aggregate_id, version, subject, payload) ${rows}`,
  );
  await admin.query("notify drain_outbox");
}

/** A customer that was registered, as large as a real one; nobody reads this area. */
export function anEvent(area: string, aggregateId: string = randomUUID()) {
  const { displayName, source } = aCustomer();
  const now = new Date();
  const payload = CustomerRegistered.encode(
    CustomerRegistered.fromPartial({
      meta: {
        eventId: randomUUID(),
        tenantId: TENANT,
        aggregateType: `guanxi.${area}.v1.Customer`,
        aggregateId,
        customerId: aggregateId,
        version: 1,
        time: now,
        actor: { kind: Actor_Kind.USER, id: randomUUID(), name: "林晓" },
        correlationId: randomUUID(),
      },
      customer: {
        customerId: aggregateId,
        kind: Customer_Kind.PERSON,
        displayName,
        source: { detail: source.detail, firstTouchTime: now },
        createTime: now,
        updateTime: now,
        etag: "1",
      },
      changedFields: ["kind", "display_name", "contact_points", "source", "create_time", "update_time"],
    }),
  ).finish();
  return {
    aggregateId,
    subject: `guanxi.${TENANT}.${area}.v1.CustomerRegistered.p00`,
    payload: Buffer.from(payload),
  };
}
