import type { FollowTrackedLinkRequest } from "@guanxi/contract/guanxi/marketing/v1/tracking_service";
import type { Page } from "@guanxi/contract/guanxi/pages/v1/page";
import { direct } from "@guanxi/kit/handler";
import type { LinkHolder } from "../link-holder.ts";
import { noteClicked } from "../note.ts";
import { redirectTo } from "../pages.ts";

/** The target is signed, so whoever follows gets there also when the message is there no more. */
export const followTrackedLink = (holder: LinkHolder) =>
  direct<FollowTrackedLinkRequest, Page>(async ({ token, prefetch }) => {
    const link = holder.read(token, "follow");
    if (!prefetch) await holder.hold(link, (at, held) => noteClicked(at, held, link.target));
    return redirectTo(link.target);
  });
