// Open cases under promises that have changed: another policy, calendar, or grade of the customer.
import { isDeepStrictEqual } from "node:util";
import type { DueJob, Job, JobContext } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CaseSlaChanged } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { nameOf } from "@guanxi/kit/enum-names";
import { find, lockFound, named, record } from "@guanxi/kit/store";
import { type CaseState, withSla } from "../cases/case-state.ts";
import { isOpen } from "../cases/case-status.ts";
import { cases } from "../cases/cases.ts";
import { nowAfter } from "../cases/keep.ts";
import { marksOf } from "../cases/marks.ts";
import { slaFor, type StoredSla, watch, type Watched } from "./sla-of.ts";

/** The jobs; the subject is the tenant, or the customer. */
const RECKON_ALL = "cases reckoned anew";
const RECKON_CUSTOMER = "cases of a customer reckoned anew";

/** Soon, for all open cases: policies and calendars are changed by few, and read by all. */
export function reckonCasesAnew(at: At): void {
  at.tell({
    name: "case reckonings begin",
    text: `insert into case_reckonings (pass_id, after_case_id, again) values ($1::uuid, $2::uuid, true)
      on conflict (tenant_id) do update
        set pass_id = excluded.pass_id, after_case_id = excluded.after_case_id, again = true`,
    values: [at.newId(), FIRST],
  });
  enqueue(at, RECKON_ALL, at.tenantId);
}

export const reckonCustomerAnew = (at: At, customerId: string) => enqueue(at, RECKON_CUSTOMER, customerId);

/** Begun anew after a kill, they find those done that are: what has not changed is not told. */
export const reckonJobs: readonly Job[] = [
  { name: RECKON_ALL, run: (job, context) => inTurns(job, context, goOn) },
  {
    name: RECKON_CUSTOMER,
    run: (job, context) => inTurns(job, context, (at) => reckonCustomer(at, job.subjectId)),
  },
];

/** Whatever else is due waits for one of few hands. */
const TURN_MS = 3_000;
const BATCH = 100;
const FIRST = "00000000-0000-0000-0000-000000000000";
/** By then every case is written down that was being opened when the promises changed. */
const LATE_MS = 30_000;

/** When it goes on; undefined when all is done. */
type Batch = (at: At) => Promise<Date | undefined>;

async function inTurns({ tenantId, signal }: DueJob, { act, settingsOf }: JobContext, batch: Batch) {
  const { timeZone, currencyCode } = await settingsOf(tenantId);
  const as = { tenantId, timeZone, currencyCode, actor: "service_desk/reckon" };
  for (const end = Date.now() + TURN_MS; ; ) {
    signal.throwIfAborted();
    const again = await act(as, batch);
    if (!again) return;
    if (again.getTime() > Date.now() || Date.now() > end) return { again };
  }
}

interface Pass {
  readonly passId: string;
  readonly afterCaseId: string;
  readonly again: boolean;
}

/** Read before the rules are: where they change meanwhile, it is another pass, which begins anew. */
async function goOn(at: At): Promise<Date | undefined> {
  const [pass] = await named<Pass>(at, {
    name: "case reckonings of",
    text: `select pass_id as "passId", after_case_id as "afterCaseId", again from case_reckonings`,
    values: [],
  });
  if (!pass) return undefined;
  const ids = await openCasesAfter(at, pass.afterCaseId);
  await reckonCases(at, ids, "Policies or calendars have changed.");
  const last = ids.at(-1);
  if (last === undefined && !pass.again) return end(at, pass);
  at.tell({
    name: "case reckonings go on",
    text: "update case_reckonings set after_case_id = $2::uuid, again = $3::bool where pass_id = $1::uuid",
    values: [pass.passId, last ?? FIRST, last === undefined ? false : pass.again],
  });
  return last === undefined ? new Date(at.now.getTime() + LATE_MS) : at.now;
}

function end(at: At, { passId }: Pass): undefined {
  at.tell({
    name: "case reckonings end",
    text: "delete from case_reckonings where pass_id = $1::uuid",
    values: [passId],
  });
}

async function openCasesAfter(at: At, after: string): Promise<string[]> {
  const rows = await named<{ id: string }>(at, {
    name: "cases open",
    text: `select case_id as id from cases
      where status in ('NEW', 'ASSIGNED', 'IN_PROGRESS', 'WAITING_CUSTOMER', 'ON_HOLD') and case_id > $1::uuid
      order by case_id limit $2::int`,
    values: [after, BATCH],
  });
  return rows.map(({ id }) => id);
}

/** Those that have another grade than the customer: each batch leaves fewer. */
async function reckonCustomer(at: At, customerId: string): Promise<Date | undefined> {
  const [customer] = await find(at, customers, [customerId]);
  if (!customer) return undefined;
  const rows = await named<{ id: string }>(at, {
    name: "cases open of customer",
    text: `select case_id as id from cases
      where customer_id = $1::uuid and grade is distinct from $2::text
        and status in ('NEW', 'ASSIGNED', 'IN_PROGRESS', 'WAITING_CUSTOMER', 'ON_HOLD')
      order by case_id limit $3::int`,
    values: [customerId, nameOf(Grade, customer.grade), BATCH],
  });
  await reckonCases(
    at,
    rows.map(({ id }) => id),
    "The customer has another grade.",
  );
  return rows.length < BATCH ? undefined : at.now;
}

async function reckonCases(at: At, ids: readonly string[], reason: string): Promise<void> {
  const before = (await lockFound(at, cases, ids)).filter(isOpen);
  const [marks, grades] = [await marksOf(at, ids), await gradesOf(at, before)];
  const changed: CaseState[] = [];
  const watched: Watched[] = [];
  for (const one of before) {
    // A customer of whom nobody has heard yet, or who is being read anew, has the grade of before.
    const known = grades.get(one.customerId ?? "");
    const grade = known === undefined ? one.grade : known;
    const { sla, instants } = await slaFor(at, { ...one, grade, marks: marks.get(one.caseId) ?? [] });
    if (grade === one.grade && isDeepStrictEqual(promised(sla), promised(one.sla))) continue;
    changed.push({ ...withSla(one, sla), grade, updateTime: nowAfter(one, at) });
    watched.push({ caseId: one.caseId, instants });
  }
  await watch(at, watched);
  record(at, cases, changed, CaseSlaChanged, { reason });
}

/** Time goes by without anything being promised anew. */
const promised = (sla: StoredSla) => ({
  ...sla,
  kept: [],
  targets: sla.targets.map((target) => ({ ...target, elapsedSeconds: 0 })),
});

async function gradesOf(at: At, found: readonly CaseState[]) {
  const ids = [...new Set(found.flatMap(({ customerId }) => customerId ?? []))];
  const known = await find(at, customers, ids);
  return new Map(known.map(({ customerId, grade }) => [customerId, nameOf(Grade, grade)]));
}
