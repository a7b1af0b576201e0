import { NoticeIssued } from "@guanxi/contract/guanxi/service_desk/v1/notice_events";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import { type NoticeState, notices } from "./notices.ts";

/** What is to be told to whom, and what it is about. */
interface Telling {
  readonly purpose: NoticeState["purpose"];
  readonly customerId: string;
  readonly contactId?: string | null;
  readonly subject: string;
  readonly text: string;
  readonly caseId?: string | null;
  readonly needId?: string | null;
  readonly correctiveActionId?: string | null;
  readonly feedbackId?: string | null;
}

/** The notice belongs to the command that has the reason: both are kept, or neither. */
export const issueNotice = (at: At, telling: Telling): NoticeState => issueNotices(at, [telling])[0]!;

export const issueNotices = (at: At, tellings: readonly Telling[]): NoticeState[] =>
  record(
    at,
    notices,
    tellings.map((telling) => noticeOf(telling, at)),
    NoticeIssued,
  );

const noticeOf = (telling: Telling, { newId, now }: At): NoticeState => ({
  noticeId: newId(),
  purpose: telling.purpose,
  customerId: telling.customerId,
  contactId: telling.contactId || null,
  subject: telling.subject,
  text: telling.text,
  caseId: telling.caseId || null,
  needId: telling.needId || null,
  correctiveActionId: telling.correctiveActionId || null,
  feedbackId: telling.feedbackId || null,
  createTime: now,
  version: 0,
});
