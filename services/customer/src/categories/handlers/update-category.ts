import { isDeepStrictEqual } from "node:util";
import { Category, type UpdateCategoryRequest } from "@guanxi/contract/guanxi/customer/v1/category_service";
import { CategoryChanged } from "@guanxi/contract/guanxi/customer/v1/category_events";
import { requireEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { merge } from "@guanxi/kit/merge";
import { lock, record } from "@guanxi/kit/store";
import { categories, heightOf, holdTree, lineOf, presentCategory } from "../categories.ts";
import { changeCategory } from "../category.ts";

export const updateCategory = command<UpdateCategoryRequest, Category>(async (request, at) => {
  const { category: sent, etag, updateMask } = request;
  await holdTree(at);
  const before = await lock(at, categories, sent?.categoryId ?? "");
  requireEtag(before, etag);
  const merged = at.check(Category, merge(Category, presentCategory(before), sent, updateMask), "category");
  const [line, height] = await Promise.all([
    lineOf(at, merged.parentCategoryId),
    heightOf(at, before.categoryId),
  ]);
  const after = changeCategory(before, merged, { line, height }, at.now);
  if (isDeepStrictEqual({ ...after, updateTime: before.updateTime }, before)) return presentCategory(before);
  return presentCategory(record(at, categories, after, CategoryChanged));
});
