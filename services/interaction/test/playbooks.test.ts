import { randomUUID } from "node:crypto";
import { Customer, RelationshipLevel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  CustomerRegistered,
  RelationshipLevelChanged,
} from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { WinBack } from "@guanxi/contract/guanxi/customer/v1/win_back";
import { WinBackStarted } from "@guanxi/contract/guanxi/customer/v1/win_back_events";
import { ListTasksRequest, TaskServiceService } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { EventGuest } from "@guanxi/contract/guanxi/marketing/v1/event_guest";
import { EventFollowUpWanted } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import { PlaybookRun } from "@guanxi/contract/guanxi/marketing/v1/playbook_run";
import { PlaybookStarted } from "@guanxi/contract/guanxi/marketing/v1/playbook_run_events";
import { startTeller } from "@guanxi/testkit/teller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interactionService } from "./service.ts";

const service = interactionService();
type Teller = Awaited<ReturnType<typeof startTeller>>;
let customer: Teller;
let marketing: Teller;
beforeAll(async () => {
  [customer, marketing] = await Promise.all([
    startTeller(service, "customer"),
    startTeller(service, "marketing"),
  ]);
});
afterAll(() => Promise.all([customer.stop(), marketing.stop()]));

test("R042, R047, R068 playbooks, win-backs, partners and guests become tasks of whoever looks after the customer", async () => {
  const lin = await service.user();
  const { tenantId, userId: ownerId } = lin;
  const customerId = randomUUID();
  const known = { customerId, displayName: "晨光", ownerId, relationshipLevel: RelationshipLevel.PREFERRED };
  const of = (state: object, facts = {}) => ({
    id: randomUUID(),
    customerId,
    state: { ...state, customerId },
    facts,
  });
  await customer.tell(tenantId, Customer, CustomerRegistered, { id: customerId, customerId, state: known });
  await customer.settled();
  const stageSinceTime = new Date("2026-06-01T00:00:00Z");
  const colleague = randomUUID();
  const tasks = [
    { title: "Show the premium line", dueDays: 3 },
    { title: "Call", assigneeId: colleague },
  ];
  const run = of({ runId: randomUUID(), playbookName: "Raise", stageSinceTime, tasks });
  await marketing.tell(tenantId, PlaybookRun, PlaybookStarted, run);
  const wanted = { title: "Ask", eventName: "Tasting", dueTime: new Date("2026-06-05T00:00:00Z") };
  await marketing.tell(tenantId, EventGuest, EventFollowUpWanted, of({ guestId: randomUUID() }, wanted));
  await customer.tell(tenantId, WinBack, WinBackStarted, of({ winBackId: randomUUID(), measure: "A visit" }));
  const partner = { ...known, relationshipLevel: RelationshipLevel.PARTNER };
  const raised = { id: customerId, customerId, state: partner };
  await customer.tell(tenantId, Customer, RelationshipLevelChanged, raised);
  const lowered = { ...raised, state: { ...partner, relationshipLevel: RelationshipLevel.PREFERRED } };
  await customer.tell(tenantId, Customer, RelationshipLevelChanged, lowered);
  await Promise.all([customer.settled(), marketing.settled()]);
  const listed = await lin.call(TaskServiceService.listTasks, ListTasksRequest.fromPartial({}));
  const made = listed.tasks.map(({ title, assigneeId, origin }) => [origin?.rule, title, assigneeId]);
  expect(made.toSorted((a, b) => (String(a) < String(b) ? -1 : 1))).toEqual([
    ["event_follow_up", "Ask (Tasting)", ownerId],
    ["playbook", "Call", colleague],
    ["playbook", "Show the premium line", ownerId],
    ["relationship_review", "Review the relation with 晨光", ownerId],
    ["win_back", "Win the customer back: A visit", ownerId],
  ]);
  const due = listed.tasks.find(({ title }) => title === "Show the premium line")!.dueTime;
  expect(due).toEqual(new Date("2026-06-04T00:00:00Z"));
});
