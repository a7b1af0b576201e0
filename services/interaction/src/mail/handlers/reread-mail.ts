import { enqueue } from "@guanxi/bus/enqueue";
import type { Mail } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import type { RereadMailRequest } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { command } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { lock } from "@guanxi/kit/store";
import { isKept, mails, presentMail, saveMail } from "../mails.ts";
import { READ_MAIL } from "../receiving/accept.ts";

export const rereadMail = command<RereadMailRequest, Mail>(async ({ mailId }, at) => {
  const before = await lock(at, mails, mailId.toLowerCase());
  if (before.state !== "REFUSED") return presentMail(before);
  if (!(await isKept(at, before.mailId)))
    throw refuse("notFound", "MAIL_NOT_KEPT", "The mail was too large to be kept, or empty.");
  enqueue(at, READ_MAIL, before.mailId);
  return presentMail(saveMail(at, { ...before, state: "RECEIVED", reason: "", settleTime: null }));
});
