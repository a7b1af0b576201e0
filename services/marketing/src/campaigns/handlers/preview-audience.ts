import type {
  AudiencePreview,
  PreviewAudienceRequest,
} from "@guanxi/contract/guanxi/marketing/v1/campaign_service";
import { asking } from "@guanxi/kit/handler";
import { audiencesOf } from "../audience.ts";
import { audienceOf } from "../campaign.ts";
import { findAudience, type Found, preview } from "../preview.ts";

export const previewAudience = (settings: object) =>
  asking<PreviewAudienceRequest, Found, AudiencePreview>(
    "query",
    ({ audience }, call) => findAudience(audiencesOf(settings), audienceOf({ audience }), call),
    (_, at, found) => preview(at, found),
  );
