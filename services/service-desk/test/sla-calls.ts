// What the tests of promises ask and do: time that passes, and processes that look at the same moment.
import { openContext, settingsOf } from "@guanxi/bus/start";
import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  ListServiceCalendarsRequest,
  ServiceCalendarServiceService as calendarRpc,
  UpdateServiceCalendarRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_service";
import {
  ArchiveSlaPolicyRequest,
  CreateSlaPolicyRequest,
  ListSlaPoliciesRequest,
  RestoreSlaPolicyRequest,
  SlaPolicyServiceService as policyRpc,
  UpdateSlaPolicyRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import { SlaTarget_Kind, SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import type { startService, TestUser } from "@guanxi/testkit/service";
import { serviceDesk } from "../src/app.ts";
import type { StoredSla } from "../src/sla/sla-of.ts";
import { lookAt } from "../src/sla/watch-cases.ts";

type Service = Awaited<ReturnType<typeof startService>>;

export const policiesOf = async (user: TestUser) =>
  (await user.call(policyRpc.listSlaPolicies, ListSlaPoliciesRequest.fromPartial({}))).slaPolicies;
export const createPolicy = (user: TestUser, slaPolicy: object) =>
  user.call(policyRpc.createSlaPolicy, CreateSlaPolicyRequest.fromPartial({ slaPolicy } as never));
export const updatePolicy = (user: TestUser, slaPolicy: object, etag: string) =>
  user.call(policyRpc.updateSlaPolicy, UpdateSlaPolicyRequest.fromPartial({ slaPolicy, etag } as never));
export const archivePolicy = (user: TestUser, slaPolicyId: string) =>
  user.call(policyRpc.archiveSlaPolicy, ArchiveSlaPolicyRequest.fromPartial({ slaPolicyId }));
export const restorePolicy = (user: TestUser, slaPolicyId: string) =>
  user.call(policyRpc.restoreSlaPolicy, RestoreSlaPolicyRequest.fromPartial({ slaPolicyId }));
export const calendarsOf = async (user: TestUser) =>
  (await user.call(calendarRpc.listServiceCalendars, ListServiceCalendarsRequest.fromPartial({})))
    .serviceCalendars;
export const updateCalendar = (user: TestUser, serviceCalendar: object, etag: string) =>
  user.call(
    calendarRpc.updateServiceCalendar,
    UpdateServiceCalendarRequest.fromPartial({ serviceCalendar, etag } as never),
  );

/** Tests run at night, too. */
export async function openAlways(user: TestUser): Promise<void> {
  const [calendar] = await calendarsOf(user);
  const { serviceCalendarId, etag } = calendar!;
  const hours = [{ days: [1, 2, 3, 4, 5, 6, 7], from: "00:00", until: "24:00" }];
  await updateCalendar(user, { serviceCalendarId, hours }, etag);
}

/** How a target stands: RUNNING, MET, … */
export const standOf = ({ sla }: Case, kind: keyof typeof SlaTarget_Kind) => {
  const target = sla?.targets.find((each) => each.kind === SlaTarget_Kind[kind]);
  const state = Object.entries(SlaTarget_State).find(([, number]) => number === target?.state)?.[0];
  return target && { ...target, state };
};

/** All that happened to a case, so many minutes longer ago; what is due by that is due now. */
export async function pass({ admin }: Service, caseId: string, minutes: number): Promise<void> {
  const values = [caseId, `${minutes} minutes`];
  await admin.query("update case_marks set time = time - $2::interval where case_id = $1", values);
  await admin.query("update cases set open_time = open_time - $2::interval where case_id = $1", values);
  await admin.query(
    `update case_sla_told set time = time - $2::interval,
       begin_time = case when what = 'BREACH NEXT_RESPONSE' then begin_time - $2::interval else begin_time end
     where case_id = $1`,
    values,
  );
  await ageKept(admin, caseId, minutes * 60_000);
  await admin.query("update jobs set due_time = due_time - $2::interval where subject_id = $1", values);
}

async function ageKept(admin: Service["admin"], caseId: string, ms: number): Promise<void> {
  const { rows } = await admin.query<{ sla: StoredSla }>("select sla from cases where case_id = $1", [
    caseId,
  ]);
  const aged = <T extends { readonly beginTime: number }>(one: T) =>
    one.beginTime === 0 ? one : { ...one, beginTime: one.beginTime - ms };
  const kept = rows[0]!.sla.kept.map((clock) => ({
    ...aged(clock),
    answerTime: clock.answerTime && clock.answerTime - ms,
    instants: clock.instants.map((instant) => ({ ...aged(instant), time: instant.time - ms })),
  }));
  await admin.query("update cases set sla = jsonb_set(sla, '{kept}', $2) where case_id = $1", [
    caseId,
    JSON.stringify(kept),
  ]);
}

/** A process of its own that looks at a case, as the job does; `dry` is one that is killed before it commits. */
export async function openLooker({ database, nats }: Service) {
  const env = {
    DATABASE_URL: database.urlOf("app"),
    DATABASE_RELAY_URL: database.urlOf("relay"),
    NATS_URL: nats.url,
  };
  const context = await openContext(
    serviceDesk,
    settings(settingsOf(serviceDesk), env) as never,
    createLog("service_desk", "silent"),
  );
  return {
    look: ({ tenantId }: TestUser, caseId: string, dry = false) =>
      context.act({ tenantId, actor: "test", timeZone: "Asia/Shanghai", currencyCode: "CNY", dry }, (at) =>
        lookAt(at, caseId),
      ),
    close: () => context.db.close(),
  };
}
