import type { MergePreview, PreviewMergeRequest } from "@guanxi/contract/guanxi/customer/v1/merge_service";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { get } from "@guanxi/kit/store";
import { customers } from "../../customers/customers.ts";
import { merged } from "../../customers/resolve.ts";
import { requireMergeable } from "../merge.ts";
import { holdingsOf } from "../merges.ts";
import { preview } from "../present.ts";
import { proposeSurvivor } from "../survivorship.ts";

export const previewMerge = query<PreviewMergeRequest, MergePreview>(async (request, at) => {
  const { customerIds, picks, survivorId } = request;
  if (survivorId && !customerIds.includes(survivorId))
    throw refuse("invalid", "INVALID_REQUEST", "The survivor is one of the customers.", [
      { field: "survivor_id", description: "must be one of customer_ids" },
    ]);
  const [all, holdings] = await Promise.all([get(at, customers, customerIds), holdingsOf(at, customerIds)]);
  const gone = all.find(({ state }) => state === "MERGED");
  if (gone) throw await merged(at, gone.customerId);
  const first = survivorId || proposeSurvivor(all);
  const survivor = all.find(({ customerId }) => customerId === first)!;
  const others = all.filter((each) => each !== survivor);
  requireMergeable(survivor, others, { picks, despite: true });
  return preview(at, [survivor, ...others], { picks, holdings });
});
