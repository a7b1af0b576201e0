import type { UnsubscribeRequest } from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import type { Page } from "@guanxi/contract/guanxi/pages/v1/page";
import { direct } from "@guanxi/kit/handler";
import { type LinkHolder, unknownLink } from "../link-holder.ts";
import { noteUnsubscribed } from "../note.ts";
import { donePage } from "../pages.ts";

export const unsubscribe = (holder: LinkHolder) =>
  direct<UnsubscribeRequest, Page>(async ({ token, acceptLanguage }) => {
    // Nobody is told that it is done where it is not: a message may have been erased.
    if (!(await holder.hold(holder.read(token, "unsubscribe"), noteUnsubscribed))) throw unknownLink();
    return donePage(acceptLanguage);
  });
