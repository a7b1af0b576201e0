import type { GetUnsubscribePageRequest } from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import type { Page } from "@guanxi/contract/guanxi/pages/v1/page";
import { direct } from "@guanxi/kit/handler";
import type { LinkHolder } from "../link-holder.ts";
import { askPage } from "../pages.ts";

export const getUnsubscribePage = (holder: LinkHolder) =>
  direct<GetUnsubscribePageRequest, Page>(async ({ token, acceptLanguage }) => {
    holder.read(token, "unsubscribe");
    return askPage(acceptLanguage);
  });
