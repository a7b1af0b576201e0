import type {
  ListTasksRequest,
  ListTasksResponse,
} from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { query } from "@guanxi/kit/handler";
import { list } from "@guanxi/kit/list";
import { present } from "../present.ts";
import { taskFields, tasks } from "../tasks.ts";

export const listTasks = query<ListTasksRequest, ListTasksResponse>(async (request, at) => {
  const { items, nextPageToken } = await list(at, tasks, {
    request,
    catalogue: taskFields,
    orders: ["due_time", "create_time", "update_time"],
  });
  return { tasks: items.map(present), nextPageToken };
});
