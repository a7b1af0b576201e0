// Who is asked for by another service, and in what state they were at one moment.
import type { Context } from "@guanxi/bus/app";
import type { Audience, AudienceMember } from "@guanxi/contract/guanxi/customer/v1/audience_service";
import type { At } from "@guanxi/kit/at";
import { type Db, openDb } from "@guanxi/kit/db";
import { refuse } from "@guanxi/kit/refuse";
import { covers } from "@guanxi/kit/rights";
import { begin } from "@guanxi/kit/session";
import { find } from "@guanxi/kit/store";
import type { TenantSettings } from "@guanxi/kit/tenants";
import type { CustomerState } from "../customers/customer-state.ts";
import { customers } from "../customers/customers.ts";
import { present } from "../customers/present.ts";
import { compileCondition, type Condition, requireKnowable } from "../segments/condition.ts";
import { rowsOf, type Wanted } from "../segments/rows.ts";
import { segments } from "../segments/segments.ts";

/** What a question is asked in. */
export interface Asking extends Pick<Context, "act"> {
  settingsOf(tenantId: string): Promise<TenantSettings>;
}

/** In the name of the service, with what the tenant's clock shows. */
export async function asked<T>(
  { act, settingsOf }: Asking,
  audience: Audience,
  work: (at: At, wanted: Wanted) => Promise<T>,
): Promise<T> {
  const { timeZone, currencyCode } = await settingsOf(audience.tenantId);
  const as = { tenantId: audience.tenantId, timeZone, currencyCode, actor: "customer/audience" };
  return act(as, async (at) => work(at, await wantedOf(at, audience)));
}

/** The service itself may ask for everything; of a condition only what the person may know for whom it asks. */
async function conditionOf(at: At, { condition: text, granted }: Audience): Promise<Condition | undefined> {
  if (!text) return undefined;
  const condition = await compileCondition(at, text, "audience.condition");
  requireKnowable(condition, (right) => covers(granted, right));
  return condition;
}

async function wantedOf(at: At, audience: Audience): Promise<Wanted> {
  const { segmentIds, excludedSegmentIds, excludedCustomerIds, afterCustomerId, condition } = audience;
  if (segmentIds.length === 0 && condition === "") throw everybody();
  await requireReady(at, [...segmentIds, ...excludedSegmentIds]);
  return {
    segmentIds,
    excludedSegmentIds,
    excludedCustomerIds,
    afterCustomerId,
    condition: await conditionOf(at, audience),
  };
}

/** A segment that is being built has not found all its members, one in the archive does not look for them any more. */
async function requireReady(at: At, segmentIds: readonly string[]): Promise<void> {
  const ids = [...new Set(segmentIds)];
  const found = await find(at, segments, ids);
  const unknown = ids.filter((id) => !found.some(({ segmentId }) => segmentId === id));
  if (unknown.length > 0)
    throw refuse("precondition", "UNKNOWN_SEGMENT", `There is no segment ${unknown.join(", ")}.`);
  const waiting = found.find(({ state }) => state !== "ACTIVE");
  if (waiting) {
    const what = `The segment ${waiting.name} is ${waiting.state}: an audience is asked of active ones.`;
    throw refuse("precondition", "SEGMENT_NOT_READY", what);
  }
}

const everybody = () =>
  refuse("invalid", "INVALID_REQUEST", "Say by a segment or a condition who is meant.", [
    { field: "audience", description: "needs a segment or a condition", reason: "REQUIRED" },
  ]);

const AT_ONCE = 500;
/** Whoever reads an audience may take a while over each part of it; then it is somebody else's turn. */
const PATIENCE =
  "set local idle_in_transaction_session_timeout = '5min'; set local statement_timeout = '60s'";

type Found = CustomerState & { readonly segmentIds: readonly string[] };

/** All at one snapshot: a cursor of one transaction. Nothing is held in memory but what is on its way. */
export async function* membersAt(
  { pool }: Db,
  at: Pick<At, "tenantId" | "now" | "today">,
  wanted: Wanted,
  signal: AbortSignal,
): AsyncGenerator<AudienceMember> {
  const client = await pool.connect();
  let isOver = false;
  try {
    await client.query(begin(at.tenantId, "isolation level repeatable read, read only").text);
    await client.query(PATIENCE);
    const { text, values } = rowsOf(wanted, at);
    const ids = `$${values.length + 1}::uuid[]`;
    const declared = `declare audience no scroll cursor for select ${COLUMNS}, ${joined(ids)} from ${text} order by customer_id`;
    await client.query(declared, [...values, wanted.segmentIds ?? []]);
    while (!signal.aborted) {
      const { rows } = await client.query<object>(`fetch ${AT_ONCE} from audience`);
      // The columns are selected under the names of the state's fields.
      for (const { segmentIds, ...customer } of rows as Found[])
        yield { customer: present(customer), segmentIds: [...segmentIds] };
      if (rows.length < AT_ONCE) break;
    }
    await client.query("commit");
    isOver = true;
  } finally {
    client.release(!isOver); // in the midst of a transaction it is closed
  }
}

const COLUMNS = customers.columns.map(({ name, field }) => `c.${name} as "${field}"`).join(", ");

const joined = (ids: string) =>
  `array(select m.segment_id from segment_memberships m
    where m.customer_id = c.customer_id and m.member and m.segment_id = any(${ids}) order by 1)::text[] as "segmentIds"`;

/** Connections of their own: an audience that is read slowly keeps nobody else from the database. */
export const openExports = (databaseUrl: string): Promise<Db> =>
  openDb({ service: "customer", url: databaseUrl, poolSize: 3 });
