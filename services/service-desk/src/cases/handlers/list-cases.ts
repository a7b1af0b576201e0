import type {
  ListCasesRequest,
  ListCasesResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { caseFields, cases } from "../cases.ts";
import { present } from "../present.ts";

export const listCases = query<ListCasesRequest, ListCasesResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, cases, {
    request,
    catalogue: caseFields,
    orders: ["open_time", "due_time", "update_time", "number"],
  });
  return { cases: items.map(present), nextPageToken };
});
