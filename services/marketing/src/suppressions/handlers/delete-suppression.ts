import type { Empty } from "@guanxi/contract/google/protobuf/empty";
import { SuppressionDeleted } from "@guanxi/contract/guanxi/marketing/v1/suppression_events";
import type { DeleteSuppressionRequest } from "@guanxi/contract/guanxi/marketing/v1/suppression_service";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { discard, lock } from "@guanxi/kit/store";
import { suppressions } from "../suppressions.ts";

export const deleteSuppression = command<DeleteSuppressionRequest, Empty>(
  async ({ suppressionId, etag }, at) => {
    const before = await lock(at, suppressions, suppressionId);
    requireEtag(before, etag);
    discard(at, suppressions, [before], SuppressionDeleted);
    return {};
  },
);
