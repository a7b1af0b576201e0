import type { Mail } from "@guanxi/contract/guanxi/interaction/v1/mailbox";
import type { GetMailRequest } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { mails, presentMail } from "../mails.ts";

export const getMail = query<GetMailRequest, Mail>(async ({ mailId }, at) =>
  presentMail(await get(at, mails, mailId)),
);
