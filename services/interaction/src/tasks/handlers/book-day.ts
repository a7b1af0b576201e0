import { isDeepStrictEqual } from "node:util";
import { TaskChanged } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import type { BookDayRequest, DayPlan } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { command } from "@guanxi/kit/handler";
import { lockFound } from "@guanxi/kit/store";
import { actingUser, requireUser } from "@guanxi/kit/users";
import { holdBookings } from "../bookings.ts";
import { keepTask } from "../keep-task.ts";
import { planDay as plan, presentDay } from "../plan-day.ts";
import { book } from "../task.ts";
import { bookingOf, isOpen, type TaskState } from "../task-state.ts";
import { tasks } from "../tasks.ts";

export const bookDay = command<BookDayRequest, DayPlan>(async (request, at) => {
  const userId = request.userId.toLowerCase() || actingUser(at);
  await requireUser(at, request.userId, "user_id");
  // The tasks before the person, as all who book do it: else two could wait for each other.
  const hold = async (found: TaskState[]) => {
    const held = await lockFound(
      at,
      tasks,
      found.map(({ taskId }) => taskId),
    );
    await holdBookings(at, userId);
    const before = new Map(found.map((task) => [task.taskId, bookingOf(task)]));
    return held.filter(
      (task) =>
        isOpen(task) &&
        task.assigneeId === userId &&
        isDeepStrictEqual(bookingOf(task), before.get(task.taskId)),
    );
  };
  const planned = await plan(at, request, userId, hold);
  const placed = planned.placed.map((one) => ({
    ...one,
    task: keepTask(at, book(one.task, one.start, at.now), TaskChanged),
  }));
  return presentDay(at, { ...planned, placed });
});
