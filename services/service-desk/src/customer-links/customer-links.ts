// What of the service desk follows its customer when customers are merged, and goes to others when somebody leaves.
import { CaseAssigned, CaseLinked } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import { CorrectiveActionChanged } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import { NeedChanged } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import { type Linked, linked, mergeJobs } from "@guanxi/directory/follow-merges";
import { book, handOverJob } from "@guanxi/directory/hand-overs";
import { lockFound, record } from "@guanxi/kit/store";
import type { ActionState } from "../actions/action-state.ts";
import { actions } from "../actions/actions.ts";
import { place } from "../cases/case.ts";
import type { CaseState } from "../cases/case-state.ts";
import { cases } from "../cases/cases.ts";
import { keep } from "../cases/keep.ts";
import { gradeOf } from "../grade-of.ts";
import type { NeedState } from "../needs/need-state.ts";
import { needs } from "../needs/needs.ts";

/** A case keeps its promises by the grade of whose it is. */
const linkedCases: Linked = {
  kind: "cases",
  idColumn: "case_id",
  async move(at, moves) {
    const wanted = new Map(moves.map((each) => [each.id, each]));
    const locked = await lockFound(at, cases, [...wanted.keys()]);
    const theirs = locked.filter(({ caseId, customerId }) => customerId === wanted.get(caseId)!.from);
    for (const before of theirs) {
      const { to: customerId } = wanted.get(before.caseId)!;
      const grade = await gradeOf(at, customerId);
      await keep(at, before, { ...before, customerId, grade, updateTime: at.now }, CaseLinked);
    }
    return theirs.map(({ caseId }) => wanted.get(caseId)!);
  },
};

const caseBook = book<CaseState>({
  table: cases,
  owner: "assignee_id",
  customer: "customer_id",
  open: "status not in ('CLOSED', 'CANCELLED', 'MERGED')",
  ownerOf: ({ assigneeId }) => assigneeId,
  give(at, row, assigneeId, reason) {
    const routing = { ruleName: "", reason, assigneeLoad: 0, time: at.now.toISOString() };
    const after = place(row, { queueId: row.queueId, assigneeId, routing }, at.now);
    return keep(at, row, after, CaseAssigned, { facts: { reason } });
  },
});

const needBook = book<NeedState>({
  table: needs,
  owner: "owner_id",
  customer: "customer_id",
  open: "status not in ('SATISFIED', 'DECLINED')",
  ownerOf: ({ ownerId }) => ownerId,
  give: (at, row, ownerId) => record(at, needs, { ...row, ownerId, updateTime: at.now }, NeedChanged),
});

const actionBook = book<ActionState>({
  table: actions,
  owner: "owner_id",
  open: "state not in ('COMPLETED', 'CANCELLED')",
  ownerOf: ({ ownerId }) => ownerId,
  give: (at, row, ownerId) =>
    record(at, actions, { ...row, ownerId, updateTime: at.now }, CorrectiveActionChanged),
});

export const linkJobs = [
  ...mergeJobs("service_desk", [linkedCases, linked(needs, NeedChanged)]),
  handOverJob("service_desk", [caseBook, needBook, actionBook]),
];
