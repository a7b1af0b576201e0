// Analytics beside the services that it reads, and questions as people ask them.
import type { FigureGroup } from "@guanxi/contract/guanxi/analytics/v1/figure";
import {
  ListCaseFactsRequest,
  QueryServiceFiguresRequest,
  ServiceFigureServiceService as Service,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import { Case, Case_Kind, Case_Status } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { CaseChanged, CaseRemoved } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { SlaTarget_Kind, SlaTarget_State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { dateOf, dayIn } from "@guanxi/kit/days";
import { startService, type TestUser } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { randomUUID } from "node:crypto";
import { analytics } from "../src/app.ts";

export const zone = dayIn("Asia/Shanghai");
export const at = (text: string) => new Date(`${text}+08:00`);

/** A case as far as it matters. */
export interface Told {
  readonly openTime: Date;
  readonly [field: string]: unknown;
}

export async function startServiceFigures() {
  const service = await startService(analytics);
  const desk = await startTeller(service, "service_desk");
  let number = 0;
  return {
    service,
    desk,
    /** A case, new or changed. */
    async tellCase(tenantId: string, state: Told, id: string = randomUUID()) {
      number += 1;
      const full = {
        caseId: id,
        number: BigInt(number),
        kind: Case_Kind.QUESTION,
        status: Case_Status.IN_PROGRESS,
        customerContactCount: 1,
        openDate: dateOf(zone(state.openTime)),
        ...state,
      };
      await desk.tell(tenantId, Case, CaseChanged, { id, state: full });
      return id;
    },
    removeCase: (tenantId: string, id: string) => desk.remove(tenantId, Case, CaseRemoved, id),
    async stop() {
      await desk.stop();
      await service.stop();
    },
  };
}

type Target = { state: keyof typeof SlaTarget_State } & Record<string, unknown>;
const target = (kind: SlaTarget_Kind, { state, elapsed = 0, ...rest }: Target) => ({
  kind,
  state: SlaTarget_State[state as "MET"],
  elapsedSeconds: BigInt(elapsed as number),
  ...rest,
});

export const sla = (response?: Target, resolution?: Target) => ({
  sla: {
    targets: [
      ...(response ? [target(SlaTarget_Kind.FIRST_RESPONSE, response)] : []),
      ...(resolution ? [target(SlaTarget_Kind.RESOLUTION, resolution)] : []),
    ],
  },
});

export async function figures(user: TestUser, request: object = {}) {
  const answer = await user.call(
    Service.queryServiceFigures,
    QueryServiceFiguresRequest.fromPartial(request),
  );
  return { ...answer, shown: shownOf(answer.groups[0]) };
}

/** Numerator, denominator and value of each figure. */
export const shownOf = (group: FigureGroup | undefined) =>
  Object.fromEntries(
    (group?.figures ?? []).map(({ figure, numerator, denominator, value }) => [
      figure,
      [numerator, denominator, value],
    ]),
  ) as Record<string, [number, number, number | undefined]>;

export async function casesBehind(user: TestUser, filter: string): Promise<string[]> {
  const ids: string[] = [];
  for (let pageToken = ""; ; ) {
    const request = ListCaseFactsRequest.fromPartial({ filter, pageSize: 100, pageToken });
    const page = await user.call(Service.listCaseFacts, request);
    ids.push(...page.caseFacts.map(({ caseId }) => caseId));
    pageToken = page.nextPageToken;
    if (!pageToken) return ids;
  }
}
