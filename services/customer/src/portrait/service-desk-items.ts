import { Case, Case_Kind, Case_Priority, Case_Status } from "@guanxi/contract/guanxi/service_desk/v1/case";
import { SlaTarget_State as State } from "@guanxi/contract/guanxi/service_desk/v1/sla";
import { dayOf } from "@guanxi/kit/days";
import { nameOf } from "@guanxi/kit/enum-names";
import { followItems } from "./follow-items.ts";

const OVER: readonly number[] = [
  Case_Status.RESOLVED,
  Case_Status.CLOSED,
  Case_Status.CANCELLED,
  Case_Status.MERGED,
];

const followCases = followItems("service_desk", Case, (found, { meta }) => {
  const { status, openTime, openDate, sla } = found;
  const targets = sla?.targets ?? [];
  const due = targets
    .flatMap(({ state, dueTime }) => (state === State.RUNNING && dueTime ? [dueTime.getTime()] : []))
    .sort((a, b) => a - b)[0];
  return {
    kind: "case",
    status: nameOf(Case_Status, status) ?? "",
    open: !OVER.includes(status),
    time: openTime ?? meta.time!,
    date: openDate ? dayOf(openDate) : null,
    body: {
      number: String(found.number),
      kind: nameOf(Case_Kind, found.kind),
      priority: nameOf(Case_Priority, found.priority),
      subject: found.subject,
      assigneeId: found.assigneeId,
      dueTime: due === undefined ? null : new Date(due),
      breached: targets.some(({ state }) => state === State.BREACHED),
    },
  };
});

export const serviceDeskItems = [followCases];
