import type {
  ListPlaybooksRequest,
  ListPlaybooksResponse,
} from "@guanxi/contract/guanxi/marketing/v1/playbook_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { presentPlaybook } from "../present.ts";
import { playbookFields, playbooks } from "../playbooks.ts";

export const listPlaybooks = query<ListPlaybooksRequest, ListPlaybooksResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, playbooks, {
    request,
    catalogue: playbookFields,
    orders: ["create_time", "update_time"],
  });
  return { playbooks: items.map(presentPlaybook), nextPageToken };
});
