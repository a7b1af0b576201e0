import type {
  ListPlaybookRunsRequest,
  ListPlaybookRunsResponse,
} from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { runFields, runs } from "../playbooks.ts";
import { presentRun } from "../present.ts";

export const listPlaybookRuns = query<ListPlaybookRunsRequest, ListPlaybookRunsResponse>(
  async (request, at) => {
    const { items, nextPageToken } = await list(at, runs, {
      request,
      catalogue: runFields,
      orders: ["create_time"],
    });
    return { playbookRuns: items.map(presentRun), nextPageToken };
  },
);
