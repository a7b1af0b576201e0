import { createTask, type Customer, listUsers, type TaskInput } from "@guanxi/client/gen/guanxi";
import { forAll, MADE_UP } from "./made-up.ts";
import { owners } from "./words.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const titles = [
  "跟进报价 Follow up the offer",
  "回访使用情况 Ask how it goes",
  "准备续约合同 Prepare the renewal",
  "发送培训资料 Send the training material",
];

/** Two that are late, two of today and three of this week, for each of the people. */
export async function giveTasks(customers: readonly Customer[], now: Date, timeZone: string): Promise<void> {
  const { users } = await listUsers({ pageSize: 200 });
  const ending = now.getTime() + restOfDay(now, timeZone) / 2;
  const dues = [-3, -1, 0, 0, 1, 3, 5].map((days) => new Date(ending + days * DAY_MS));
  const people = users.filter(({ displayName }) => owners.includes(displayName));
  const tasks = people.flatMap(({ userId }, person) =>
    dues.map((due, index): TaskInput => {
      const number = person * dues.length + index;
      return {
        kind: "KIND_FOLLOW_UP",
        title: titles[number % titles.length]!,
        note: MADE_UP,
        assigneeId: userId,
        customerId: customers[number % customers.length]!.customerId,
        dueTime: due.toISOString(),
      };
    }),
  );
  await forAll(tasks, (task) => createTask(task));
}

function restOfDay(now: Date, timeZone: string): number {
  const hour = new Intl.DateTimeFormat("en", { timeZone, hour: "numeric", hourCycle: "h23" }).format(now);
  return (24 - Number(hour)) * HOUR_MS - (now.getTime() % HOUR_MS);
}
