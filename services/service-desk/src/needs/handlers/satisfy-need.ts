import type { Need } from "@guanxi/contract/guanxi/service_desk/v1/need";
import { NeedSatisfied } from "@guanxi/contract/guanxi/service_desk/v1/need_events";
import type { SatisfyNeedRequest } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { lock, record } from "@guanxi/kit/store";
import { issueNotice } from "../../notices/issue-notice.ts";
import { satisfy } from "../need.ts";
import { needs } from "../needs.ts";
import { present } from "../present.ts";

/** A subject of a mail longer than this is cut by those who show it. */
const LONGEST_SUBJECT = 120;

export const satisfyNeed = command<SatisfyNeedRequest, Need>(async ({ needId, etag, message }, at) => {
  const before = await lock(at, needs, needId);
  matchEtag(before, etag);
  const after = satisfy(before, at);
  if (after === before) return present(before);
  const { customerId, contactId, statement } = after;
  const subject = [...statement].slice(0, LONGEST_SUBJECT).join("");
  if (customerId !== null)
    issueNotice(at, { purpose: "NEED_SATISFIED", customerId, contactId, subject, text: message, needId });
  return present(record(at, needs, after, NeedSatisfied));
});
