import type {
  ListCaseFactsRequest,
  ListCaseFactsResponse,
} from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { caseFields } from "../case-fields.ts";
import { presentCase } from "../present-case.ts";
import { seenCases } from "../seen-cases.ts";

export const listCaseFacts = query<ListCaseFactsRequest, ListCaseFactsResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, seenCases, {
    request,
    catalogue: caseFields,
    orders: ["case_id", "open_date", "number"],
  });
  return { caseFacts: items.map(presentCase), nextPageToken };
});
