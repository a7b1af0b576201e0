// Finds the members of a new condition among all customers, some at a time. Whoever changes meanwhile is looked at by the
// check job, which knows the new condition too, so that nobody is missed, before or behind the place that has been reached.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { SegmentBuilt } from "@guanxi/contract/guanxi/customer/v1/segment_events";
import type { At } from "@guanxi/kit/at";
import { lock, lockFound, named, record } from "@guanxi/kit/store";
import { checkAt } from "../checks/check-later.ts";
import { customers } from "../customers/customers.ts";
import { startOfDay } from "../dates.ts";
import { refreshFacts } from "../facts/refresh.ts";
import { assessIn } from "./assess-segments.ts";
import { countsOf } from "./memberships.ts";
import { built, type SegmentState } from "./segment.ts";
import { segments } from "./segments.ts";

const BUILD_SEGMENT = "build segment";
/** Their rows are locked meanwhile: of so many for some tens of milliseconds, where commands wait a second at most. */
const AT_ONCE = 200;

/** From the first customer on, also where it had been under way. */
export function build(at: At, segmentId: string): void {
  at.tell({
    name: "segment builds begin",
    text: `
insert into segment_builds (segment_id) values ($1)
on conflict (tenant_id, segment_id) do update set after_customer_id = null`,
    values: [segmentId],
  });
  enqueue(at, BUILD_SEGMENT, segmentId);
}

export const buildJob: Job = {
  name: BUILD_SEGMENT,
  async run({ tenantId, subjectId, signal }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "customer/segments" };
    for (let more = true; more; ) {
      signal.throwIfAborted();
      more = await act(as, (at) => buildSome(at, subjectId));
    }
  },
};

/** Whether there is more to do. The segment's row is locked, so that two processes take turns, and so does a change of it. */
export async function buildSome(at: At, segmentId: string): Promise<boolean> {
  const segment = await lock(at, segments, segmentId);
  const [place] = await named<{ after: string | null }>(at, {
    name: "segment builds place",
    text: `select after_customer_id as "after" from segment_builds where segment_id = $1`,
    values: [segmentId],
  });
  if (!place) return false;
  const ids = segment.state === "BUILDING" ? await customersAfter(at, place.after) : [];
  await look(at, segment, ids);
  if (ids.length === AT_ONCE) {
    moveOn(at, segmentId, ids.at(-1)!);
    return true;
  }
  await finish(at, segment);
  return false;
}

async function customersAfter(at: At, after: string | null): Promise<string[]> {
  const rows = await named<{ customerId: string }>(at, {
    name: "segment builds customers",
    text: `
select customer_id as "customerId" from customers
where customer_id > coalesce($1::uuid, '00000000-0000-0000-0000-000000000000') order by customer_id limit ${AT_ONCE}`,
    values: [after],
  });
  return rows.map(({ customerId }) => customerId);
}

async function look(at: At, segment: SegmentState, customerIds: readonly string[]): Promise<void> {
  const found = await lockFound(at, customers, customerIds);
  const facts = await refreshFacts(at, customerIds);
  const looked = found.map((customer) => ({ customer, facts: facts.get(customer.customerId)! }));
  const findings = await assessIn(at, looked, [segment]);
  const dues = looked.flatMap(({ customer: { customerId }, facts: { windowDueDate } }) => [
    ...(windowDueDate ? [{ customerId, due: startOfDay(windowDueDate, at.timeZone) }] : []),
    ...(findings.get(customerId)?.again ? [{ customerId, due: findings.get(customerId)!.again }] : []),
  ]);
  checkAt(at, dues);
}

function moveOn(at: At, segmentId: string, customerId: string): void {
  at.tell({
    name: "segment builds move",
    text: "update segment_builds set after_customer_id = $2 where segment_id = $1",
    values: [segmentId, customerId],
  });
}

async function finish(at: At, segment: SegmentState): Promise<void> {
  at.tell({
    name: "segment builds end",
    text: "delete from segment_builds where segment_id = $1",
    values: [segment.segmentId],
  });
  if (segment.state !== "BUILDING") return;
  const counts = await countsOf(at, segment.segmentId);
  const facts = { customerCount: BigInt(counts.customerCount), memberCount: BigInt(counts.memberCount) };
  record(at, segments, built(segment, at.now), SegmentBuilt, facts);
}
