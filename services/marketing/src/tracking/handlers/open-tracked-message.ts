import type { OpenTrackedMessageRequest } from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import type { Page } from "@guanxi/contract/guanxi/pages/v1/page";
import { direct } from "@guanxi/kit/handler";
import type { LinkHolder } from "../link-holder.ts";
import { noteOpened } from "../note.ts";
import { pixelPage } from "../pages.ts";

export const openTrackedMessage = (holder: LinkHolder) =>
  direct<OpenTrackedMessageRequest, Page>(async ({ token, prefetch }) => {
    const link = holder.read(token, "open");
    if (!prefetch) await holder.hold(link, noteOpened);
    return pixelPage();
  });
