import type { GetMergeRequest, Merge } from "@guanxi/contract/guanxi/customer/v1/merge_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { getLiving } from "../../customers/living.ts";
import { answer } from "../../customers/present.ts";
import { merges } from "../merges.ts";
import { present } from "../present.ts";

export const getMerge = query<GetMergeRequest, Merge>(async ({ mergeId }, at) => {
  const merge = await get(at, merges, mergeId);
  return present(merge, answer(await getLiving(at, merge.survivorId), at));
});
