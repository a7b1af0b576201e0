import type {
  ListCaseProcessesRequest,
  ListCaseProcessesResponse,
} from "@guanxi/contract/guanxi/service_desk/v1/case_process_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../case-process.ts";
import { caseProcesses, caseProcessFields } from "../case-processes.ts";

export const listCaseProcesses = query<ListCaseProcessesRequest, ListCaseProcessesResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, caseProcesses, {
      request,
      catalogue: caseProcessFields,
      orders: ["create_time"],
    });
    return { caseProcesses: items.map(present), nextPageToken };
  },
);
