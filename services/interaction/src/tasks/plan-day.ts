// The day of a person, from what is booked and what is to be done.
import {
  type DayPlan,
  type DayPlanEntry,
  DayPlanEntry_Kind as Kind,
  type PlanDayRequest,
} from "@guanxi/contract/guanxi/interaction/v1/task_service";
import type { At } from "@guanxi/kit/at";
import { dateOf } from "@guanxi/kit/days";
import { find, named } from "@guanxi/kit/store";
import { present as presentVisit } from "../visits/present.ts";
import { visits } from "../visits/visits.ts";
import { type Booking, bookingsOf } from "./bookings.ts";
import { customerValues } from "./customer-values.ts";
import { type LaidOut, layOut, type Placed, type Wanted } from "./day-plan.ts";
import { type Hours, hoursOf } from "./hours.ts";
import { present } from "./present.ts";
import type { TaskState } from "./task-state.ts";
import { tasks } from "./tasks.ts";

export interface Planned extends LaidOut {
  readonly userId: string;
  readonly hours: Hours;
  readonly bookings: readonly Booking[];
  readonly further: number;
}

const MOST = 500;

// To be done by the end of the day ($2), and not booked; a booking that has passed ($3) without its task being done is none.
const TO_BE_DONE = `
where assignee_id = $1 and (state in ('OPEN', 'IN_PROGRESS') or state = 'DEFERRED' and remind_time < $2)
  and (due_order_time < $2 or due_time is null) and (planned_start_time is null or planned_end_time <= $3)`;
const FIRST = `${tasks.select} ${TO_BE_DONE} order by due_order_time, task_id limit ${MOST}`;
const COUNT = `select count(*)::int as count from tasks ${TO_BE_DONE}`;

/** `hold` keeps tasks and bookings as they are until the command has ended; it takes the tasks that were found. */
export async function planDay(
  at: At,
  request: PlanDayRequest,
  userId: string,
  hold?: (found: TaskState[]) => Promise<TaskState[]>,
): Promise<Planned> {
  const hours = hoursOf(request, at);
  const values = [userId, hours.whole.end.toISOString(), passed(hours, at.now).toISOString()];
  const found = await named<TaskState>(at, { name: "day plan tasks", text: FIRST, values });
  const [counted] =
    found.length < MOST
      ? []
      : await named<{ count: number }>(at, { name: "day plan count", text: COUNT, values });
  const held = hold ? await hold(found) : found;
  const [all, wanted] = await Promise.all([bookingsOf(at, userId, hours.whole), weighed(at, held)]);
  const ids = new Set(held.map(({ taskId }) => taskId));
  const bookings = all.filter(({ id }) => !ids.has(id));
  const laidOut = layOut(hours.work, [...hours.breaks, ...bookings], wanted);
  return { ...laidOut, userId, hours, bookings, further: (counted?.count ?? found.length) - found.length };
}

const passed = ({ work }: Hours, now: Date) => (now < work.start ? now : work.start);

async function weighed(at: At, found: readonly TaskState[]): Promise<Wanted[]> {
  const ids = new Set(found.flatMap(({ customerId }) => customerId ?? []));
  const values = await find(at, customerValues, [...ids]);
  const worth = new Map(values.map(({ customerId, importance }) => [customerId, importance]));
  return found.map((task) => ({
    task,
    importance: task.importance || (worth.get(task.customerId ?? "") ?? 0),
  }));
}

export async function presentDay(at: At, planned: Planned): Promise<DayPlan> {
  const { userId, hours, bookings, placed, unplaced, further } = planned;
  const idsOf = (kind: Booking["what"]) => bookings.flatMap(({ what, id }) => (what === kind ? id : []));
  const [booked, visited] = await Promise.all([
    find(at, tasks, idsOf("task")),
    find(at, visits, idsOf("visit")),
  ]);
  const taskOf = new Map(booked.map((task) => [task.taskId, task]));
  const visitOf = new Map(visited.map((visit) => [visit.visitId, presentVisit(visit)]));
  const entries = [
    ...bookings.map((booking) => ({
      ...entryOf(taskOf.get(booking.id), hours),
      kind: Kind.BOOKED,
      startTime: booking.start,
      endTime: booking.end,
      visit: visitOf.get(booking.id),
      reason: "It is booked for this time.",
    })),
    ...placed.map((one) => placedEntry(one, hours)),
  ];
  return {
    userId,
    date: dateOf(hours.day),
    workingHours: hours.asked,
    entries: entries.toSorted((a, b) => a.startTime!.getTime() - b.startTime!.getTime()),
    unplaced: unplaced.map((one) => unplacedEntry(one, hours)),
    furtherTaskCount: further,
  };
}

function entryOf(
  task: TaskState | undefined,
  { whole }: Hours,
  importance = task?.importance ?? 0,
): DayPlanEntry {
  const overdue = Boolean(task?.dueTime && task.dueTime < whole.start);
  const shown = task && present(task);
  return { kind: Kind.UNSPECIFIED, task: shown, visit: undefined, overdue, importance, reason: "" };
}

const placedEntry = ({ task, importance, start, end }: Placed, hours: Hours): DayPlanEntry => ({
  ...entryOf(task, hours, importance),
  kind: Kind.PLACED,
  startTime: start,
  endTime: end,
  reason: `${rank(task, importance, hours)} This is the first free time of ${task.durationMinutes} minutes.`,
});

const unplacedEntry = ({ task, importance }: Wanted, hours: Hours): DayPlanEntry => ({
  ...entryOf(task, hours, importance),
  kind: Kind.UNPLACED,
  reason: `${rank(task, importance, hours)} No free time of ${task.durationMinutes} minutes is left on this day.`,
});

function rank({ dueTime }: TaskState, importance: number, { whole }: Hours): string {
  const due = dueTime?.toISOString();
  if (!due) return `It has no due time, so it comes behind what has one; importance ${importance}.`;
  return dueTime! < whole.start
    ? `It is overdue since ${due}; importance ${importance}.`
    : `It is due at ${due}; importance ${importance}.`;
}
