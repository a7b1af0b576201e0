import type {
  ListCaseChangesRequest,
  ListCaseChangesResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { get } from "@guanxi/kit/store";
import { caseChanges, changeFields, ofCase, presentChange } from "../case-changes.ts";
import { cases } from "../cases.ts";

export const listCaseChanges = query<ListCaseChangesRequest, ListCaseChangesResponse>(
  async ({ caseId, pageSize, pageToken }, at) => {
    const [{ items, nextPageToken }] = await Promise.all([
      list(at, caseChanges, {
        request: { pageSize, pageToken },
        catalogue: changeFields,
        orders: ["version"],
        where: [ofCase(caseId)],
      }),
      get(at, cases, caseId), // another tenant's case is not there
    ]);
    return { changes: items.map(presentChange), nextPageToken };
  },
);
