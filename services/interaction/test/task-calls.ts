// What the tests ask of tasks, visits and care, in a few words each.
import { setTimeout as pause } from "node:timers/promises";
import type { CarePlan } from "@guanxi/contract/guanxi/interaction/v1/care_plan";
import {
  CarePlanServiceService as careRpc,
  CreateCarePlanRequest,
  ListCareStandingsRequest,
  UpdateCarePlanRequest,
} from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import {
  RecordReturnVisitRequest,
  ReturnVisitServiceService as returnVisitRpc,
} from "@guanxi/contract/guanxi/interaction/v1/return_visit_service";
import type { Task } from "@guanxi/contract/guanxi/interaction/v1/task";
import {
  AssignTaskRequest,
  BookDayRequest,
  CancelTaskRequest,
  CompleteTaskRequest,
  CreateTaskRequest,
  DeferTaskRequest,
  ListTasksRequest,
  PlanDayRequest,
  StartTaskRequest,
  TaskServiceService as taskRpc,
  UpdateTaskRequest,
} from "@guanxi/contract/guanxi/interaction/v1/task_service";
import type { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import {
  CancelVisitRequest,
  CheckInVisitRequest,
  CreateVisitRequest,
  HoldVisitRequest,
  ListVisitsRequest,
  MarkVisitNotHeldRequest,
  UpdateVisitRequest,
  VisitServiceService as visitRpc,
} from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import type { startService, TestUser } from "@guanxi/testkit/service";

type Service = Awaited<ReturnType<typeof startService>>;

export const createTask = (user: TestUser, task: object = {}): Promise<Task> =>
  user.call(taskRpc.createTask, CreateTaskRequest.fromPartial({ task: { title: "打电话", ...task } }));
export const getTask = (user: TestUser, taskId: string) => user.call(taskRpc.getTask, { taskId });
export const updateTask = (user: TestUser, { taskId, etag }: Task, task: object, updateMask?: string[]) =>
  user.call(
    taskRpc.updateTask,
    UpdateTaskRequest.fromPartial({ task: { ...task, taskId }, etag, updateMask }),
  );
export const listTasks = async (user: TestUser, filter = "", orderBy = "") =>
  (await user.call(taskRpc.listTasks, ListTasksRequest.fromPartial({ filter, orderBy }))).tasks;
export const assignTask = (user: TestUser, taskId: string, assigneeId: string) =>
  user.call(taskRpc.assignTask, AssignTaskRequest.fromPartial({ taskId, assigneeId }));
export const startTask = (user: TestUser, taskId: string) =>
  user.call(taskRpc.startTask, StartTaskRequest.fromPartial({ taskId }));
export const completeTask = (user: TestUser, taskId: string, outcome = "") =>
  user.call(taskRpc.completeTask, CompleteTaskRequest.fromPartial({ taskId, outcome }));
export const deferTask = (user: TestUser, taskId: string, untilTime: Date) =>
  user.call(taskRpc.deferTask, DeferTaskRequest.fromPartial({ taskId, untilTime }));
export const cancelTask = (user: TestUser, taskId: string) =>
  user.call(taskRpc.cancelTask, CancelTaskRequest.fromPartial({ taskId, reason: "not wanted" }));
export const planDay = (user: TestUser, request: object) =>
  user.call(taskRpc.planDay, PlanDayRequest.fromPartial(request));
export const bookDay = (user: TestUser, request: object) =>
  user.call(taskRpc.bookDay, BookDayRequest.fromPartial(request));

export const createVisit = (user: TestUser, visit: object): Promise<Visit> =>
  user.call(visitRpc.createVisit, CreateVisitRequest.fromPartial({ visit }));
export const updateVisit = (user: TestUser, { visitId, etag }: Visit, visit: object) =>
  user.call(visitRpc.updateVisit, UpdateVisitRequest.fromPartial({ visit: { ...visit, visitId }, etag }));
export const getVisit = (user: TestUser, visitId: string) => user.call(visitRpc.getVisit, { visitId });
export const listVisits = async (user: TestUser, filter = "") =>
  (await user.call(visitRpc.listVisits, ListVisitsRequest.fromPartial({ filter }))).visits;
export const checkIn = (user: TestUser, visitId: string, checkIn?: object) =>
  user.call(visitRpc.checkInVisit, CheckInVisitRequest.fromPartial({ visitId, ...(checkIn && { checkIn }) }));
export const holdVisit = (user: TestUser, visitId: string, more: object) =>
  user.call(visitRpc.holdVisit, HoldVisitRequest.fromPartial({ visitId, notes: "看过样品", ...more }));
export const markNotHeld = (user: TestUser, visitId: string) =>
  user.call(
    visitRpc.markVisitNotHeld,
    MarkVisitNotHeldRequest.fromPartial({ visitId, reason: "nobody there" }),
  );
export const cancelVisit = (user: TestUser, visitId: string) =>
  user.call(visitRpc.cancelVisit, CancelVisitRequest.fromPartial({ visitId }));

export const createPlan = (user: TestUser, carePlan: object): Promise<CarePlan> =>
  user.call(
    careRpc.createCarePlan,
    CreateCarePlanRequest.fromPartial({
      carePlan: { displayName: "回访", taskTitle: "回访 {customer}", enabled: true, ...carePlan },
    }),
  );
export const updatePlan = (
  user: TestUser,
  { carePlanId, etag }: CarePlan,
  carePlan: object,
  mask?: string[],
) =>
  user.call(
    careRpc.updateCarePlan,
    UpdateCarePlanRequest.fromPartial({ carePlan: { ...carePlan, carePlanId }, etag, updateMask: mask }),
  );
export const standings = async (user: TestUser, carePlanId: string) =>
  (await user.call(careRpc.listCareStandings, ListCareStandingsRequest.fromPartial({ carePlanId })))
    .careStandings;
export const recordReturnVisit = (user: TestUser, returnVisit: object) =>
  user.call(returnVisitRpc.recordReturnVisit, RecordReturnVisitRequest.fromPartial({ returnVisit }));

/** What is due has been done. */
export async function jobsDone({ admin }: Service, { tenantId }: TestUser): Promise<void> {
  const due = "select from jobs where tenant_id = $1 and due_time <= now() limit 1";
  while ((await admin.query(due, [tenantId])).rowCount) await pause(10);
}

/** The clock jumps: jobs of a name look now. */
export async function jump(service: Service, user: TestUser, name: string): Promise<void> {
  await service.admin.query("update jobs set due_time = now() where tenant_id = $1 and name = $2", [
    user.tenantId,
    name,
  ]);
  await jobsDone(service, user);
}
