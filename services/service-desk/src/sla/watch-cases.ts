// What falls due while nobody does anything. The job only looks: whatever has been reached and not been said is said now, with
// the instant at which it was due, so that it comes late but not wrong, and once, however many processes look.
import type { Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { CaseSlaChanged, SlaBreached } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { SlaTarget_Kind } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import type { At } from "@guanxi/kit/at";
import { numberOf } from "@guanxi/kit/enum-names";
import { lockFound, record } from "@guanxi/kit/store";
import { type CaseState, withSla } from "../cases/case-state.ts";
import { cases } from "../cases/cases.ts";
import { nowAfter } from "../cases/keep.ts";
import { marksOf } from "../cases/marks.ts";
import { escalate } from "../escalations/escalate.ts";
import { decide } from "./decide.ts";
import type { Instant } from "./instants.ts";
import { CASE_WATCH, nextOf, slaBy, slaRules, type StoredSla } from "./sla-of.ts";
import { addTold, keyOf, toldOf } from "./told.ts";

export const caseWatchJob: Job = {
  name: CASE_WATCH,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    await act({ tenantId, timeZone, currencyCode, actor: "service_desk/watch" }, (at) =>
      lookAt(at, subjectId),
    );
  },
};

/** For commands in the service's own name. */
export async function lookAt(at: At, caseId: string): Promise<void> {
  let [found] = await lockFound(at, cases, [caseId]);
  if (!found) return; // its import has been undone
  const [told, rules, marks] = [
    await toldOf(at, caseId),
    await slaRules(at),
    (await marksOf(at, [caseId])).get(caseId) ?? [],
  ];
  const reckoned = (one: CaseState) => slaBy(decide(rules, one), { ...one, marks }, at.now);
  // A step may make the case more pressing, and that its other promises broken: so one by one. It ends, for each is said once.
  for (;;) {
    const { sla, instants } = reckoned(found);
    const next = nextOf(instants, told);
    if (!next?.reached) return lookLater(at, { found, sla, next });
    found = await say(at, found, next, (one) => withSla(one, reckoned(one).sla));
    told.add(keyOf(next));
  }
}

interface Quiet {
  readonly found: CaseState;
  readonly sla: StoredSla;
  readonly next: Instant | undefined;
}

/** A job is due by the clock of the database, which may be ahead of ours. */
const LEAST_MS = 1_000;

function lookLater(at: At, { found, sla, next }: Quiet): void {
  const soonest = at.now.getTime() + LEAST_MS;
  if (next) enqueue(at, CASE_WATCH, found.caseId, new Date(Math.max(next.time, soonest)));
  if (!isBrokenAgain(found.sla, sla)) return;
  const broken = { ...withSla(found, sla), updateTime: nowAfter(found, at) };
  record(at, cases, broken, CaseSlaChanged, { reason: "A promise that was made anew is broken again." });
}

/** That is said once, whatever is promised afterwards, but the case shows it. */
const isBrokenAgain = (before: StoredSla, after: StoredSla) =>
  after.targets.some(
    ({ kind, state }) =>
      state === "BREACHED" &&
      before.targets.some((target) => target.kind === kind && target.state !== "BREACHED"),
  );

async function say(
  at: At,
  found: CaseState,
  instant: Instant,
  reckon: (one: CaseState) => CaseState,
): Promise<CaseState> {
  addTold(at, found.caseId, instant);
  if (instant.step) return escalate(at, found, { ...instant, step: instant.step }, reckon);
  return record(at, cases, reckon({ ...found, updateTime: nowAfter(found, at) }), SlaBreached, {
    targetKind: numberOf(SlaTarget_Kind, instant.kind),
    dueTime: new Date(instant.time),
  });
}
