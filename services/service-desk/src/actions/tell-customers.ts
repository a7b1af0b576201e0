import type { Job } from "@guanxi/bus/app";
import { CorrectiveActionCustomersTold } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_events";
import type { At } from "@guanxi/kit/at";
import { lock, record } from "@guanxi/kit/store";
import { issueNotices } from "../notices/issue-notice.ts";
import { told } from "./action.ts";
import type { ActionState } from "./action-state.ts";
import { actions } from "./actions.ts";
import { markTold, untold } from "./concerned.ts";

/** The job of a completed action; its subject is the action's id. */
export const TELL_CUSTOMERS = "tell of corrective action";

const AT_ONCE = 500;

/**
 * Notices, marks and counts of a batch are one transaction, so that nobody is told twice after a kill. A batch is a turn:
 * what else is due does not wait until all are told.
 */
export const tellCustomersJob: Job = {
  name: TELL_CUSTOMERS,
  async run({ tenantId, subjectId }, { settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const as = { tenantId, timeZone, currencyCode, actor: "service_desk/corrective_action" };
    const more = await act(as, (at) => tellSome(at, subjectId));
    return more ? { afterMs: 0 } : undefined;
  },
};

/** Answers whether there are more. */
async function tellSome(at: At, correctiveActionId: string): Promise<boolean> {
  const action = await lock(at, actions, correctiveActionId);
  if (action.state !== "DONE" || action.tellTime) return false;
  const next = await untold(at, correctiveActionId, AT_ONCE);
  const notices = issueNotices(
    at,
    next.map((each) => ({ ...each, ...wordsOf(action) })),
  );
  markTold(at, correctiveActionId, notices);
  const linked = next.reduce((sum, { linkedCount }) => sum + linkedCount, 0);
  const isLast = next.length < AT_ONCE;
  const after = told(action, { customers: next.length, linked, isLast }, at.now);
  record(at, actions, after, CorrectiveActionCustomersTold);
  return !isLast;
}

const wordsOf = ({ correctiveActionId, title, customerMessage }: ActionState) => ({
  purpose: "CORRECTIVE_ACTION" as const,
  correctiveActionId,
  subject: title,
  text: customerMessage,
});
