import { Suppression } from "@guanxi/contract/guanxi/marketing/v1/suppression";
import { SuppressionCreated } from "@guanxi/contract/guanxi/marketing/v1/suppression_events";
import type { CreateSuppressionRequest } from "@guanxi/contract/guanxi/marketing/v1/suppression_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { suppression } from "../suppression.ts";
import { presentSuppression, suppressions } from "../suppressions.ts";

export const createSuppression = command<CreateSuppressionRequest, Suppression>(async (request, at) => {
  const made = suppression(Suppression.fromPartial(request.suppression ?? {}), at.newId(), at.now);
  return presentSuppression(record(at, suppressions, made, SuppressionCreated));
});
