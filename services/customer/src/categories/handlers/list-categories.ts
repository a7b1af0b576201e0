import type {
  ListCategoriesRequest,
  ListCategoriesResponse,
} from "@guanxi/contract/guanxi/customer/v1/category_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { categories, categoryFields, presentCategory } from "../categories.ts";

export const listCategories = query<ListCategoriesRequest, ListCategoriesResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, categories, {
    request,
    catalogue: categoryFields,
    orders: ["display_name", "create_time"],
  });
  return { categories: items.map(presentCategory), nextPageToken };
});
