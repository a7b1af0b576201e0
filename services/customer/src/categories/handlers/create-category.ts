import { Category, type CreateCategoryRequest } from "@guanxi/contract/guanxi/customer/v1/category_service";
import { CategoryCreated } from "@guanxi/contract/guanxi/customer/v1/category_events";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { categories, holdTree, lineOf, presentCategory } from "../categories.ts";
import { createCategory as create } from "../category.ts";

export const createCategory = command<CreateCategoryRequest, Category>(async (request, at) => {
  const sent = Category.fromPartial(request.category ?? {});
  await holdTree(at);
  const category = create(at.newId(), sent, await lineOf(at, sent.parentCategoryId), at.now);
  return presentCategory(record(at, categories, category, CategoryCreated));
});
