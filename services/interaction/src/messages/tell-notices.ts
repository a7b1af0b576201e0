// What the service desk has to tell a customer is sent; where no channel is open, the owner is to tell it.
import { on } from "@guanxi/bus/reaction";
import type { Notice } from "@guanxi/contract/guanxi/service_desk/v1/notice";
import { NoticeIssued } from "@guanxi/contract/guanxi/service_desk/v1/notice_events";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { find } from "@guanxi/kit/store";
import { makeTask } from "../tasks/make-task.ts";
import { planMessage } from "./plan-message.ts";

export const tellNotices = on(NoticeIssued, ({ notice }, at) => (notice ? tell(at, notice) : undefined));

async function tell(at: At, notice: Notice): Promise<void> {
  const { noticeId, customerId, contactId, caseId, subject, text } = notice;
  const planned = await planMessage(at, {
    customerId,
    ...(contactId && { contactId }),
    ...(caseId && { caseId }),
    subject,
    body: text,
    purpose: "service",
    causeKey: `notice ${noticeId}`,
    automatic: true,
  });
  if ("unreachable" in planned) await askOwner(at, notice, planned.unreachable);
}

async function askOwner(at: At, notice: Notice, why: string): Promise<void> {
  const [customer] = await find(at, customers, [notice.customerId]);
  await makeTask(at, {
    kind: "TELL_CUSTOMER",
    title: `Tell ${customer?.displayName ?? "the customer"}: ${notice.subject}`,
    note: notice.text,
    assigneeId: customer?.ownerId ?? null,
    customerId: notice.customerId,
    contactId: notice.contactId || null,
    caseId: notice.caseId || null,
    feedbackId: notice.feedbackId || null,
    dueTime: at.now,
    origin: { rule: "notice", key: notice.noticeId, reason: why },
  });
}
