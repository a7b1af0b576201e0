import type { Category, GetCategoryRequest } from "@guanxi/contract/guanxi/customer/v1/category_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { categories, presentCategory } from "../categories.ts";

export const getCategory = query<GetCategoryRequest, Category>(async ({ categoryId }, at) =>
  presentCategory(await get(at, categories, categoryId)),
);
