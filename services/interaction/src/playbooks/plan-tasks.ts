// Tasks that marketing and the customer service ask for: each once, for what they have said.
import { on } from "@guanxi/bus/reaction";
import { type Customer, RelationshipLevel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { RelationshipLevelChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import { WinBackStarted } from "@guanxi/contract/guanxi/customer/v1/win_back_events";
import { Origin } from "@guanxi/contract/guanxi/event/v1/event";
import { EventFollowUpWanted } from "@guanxi/contract/guanxi/marketing/v1/event_guest_events";
import { PlaybookStarted } from "@guanxi/contract/guanxi/marketing/v1/playbook_run_events";
import { customers } from "@guanxi/directory/customers";
import type { At } from "@guanxi/kit/at";
import { dayOf } from "@guanxi/kit/days";
import { find } from "@guanxi/kit/store";
import { makeTask } from "../tasks/make-task.ts";

const DAY_MS = 86_400_000;

/** R042: what the playbook of a stage says is to be done with whoever comes into it. */
export const planPlaybookTasks = on(PlaybookStarted, async ({ playbookRun: run }, at) => {
  if (!run) return;
  const since = (run.stageSinceTime ?? at.now).getTime();
  for (const [index, { title, note, dueDays, assigneeId }] of run.tasks.entries())
    await makeTask(at, {
      kind: "FOLLOW_UP",
      title,
      note,
      assigneeId: assigneeId || (await ownerOf(at, run.customerId)),
      customerId: run.customerId,
      dueTime: new Date(since + dueDays * DAY_MS),
      origin: {
        rule: "playbook",
        key: `${run.runId} ${index + 1}`,
        reason: `The customer has come into a stage that the playbook ${run.playbookName} is for.`,
      },
    });
});

/** R068: somebody speaks with a guest once the event is over. */
export const planEventFollowUp = on(
  EventFollowUpWanted,
  async ({ eventGuest, title, eventName, dueTime }, at) => {
    if (!eventGuest) return;
    const { guestId, customerId } = eventGuest;
    await makeTask(at, {
      kind: "FOLLOW_UP",
      title: `${title} (${eventName})`,
      assigneeId: await ownerOf(at, customerId),
      customerId,
      dueTime: dueTime ?? at.now,
      origin: { rule: "event_follow_up", key: guestId, reason: `The customer was a guest of ${eventName}.` },
    });
  },
);

/** Whoever is to get a customer back finds it among the tasks. */
export const planWinBack = on(WinBackStarted, async ({ meta, winBack }, at) => {
  if (!meta || !winBack || meta.origin !== Origin.LIVE) return;
  const { winBackId, customerId, measure, ownerId, dueDate } = winBack;
  await makeTask(at, {
    kind: "RECOVERY",
    title: `Win the customer back${measure && `: ${measure}`}`,
    assigneeId: ownerId || (await ownerOf(at, customerId)),
    customerId,
    dueTime: dueDate ? new Date(`${dayOf(dueDate)}T23:59:59Z`) : new Date(at.now.getTime() + DAY_MS),
    origin: { rule: "win_back", key: winBackId, reason: "An attempt to get the customer back has begun." },
  });
});

const REVIEW_DAYS = 30;

/** R047: with a partner one looks at the relation without being asked. */
export const planRelationshipReview = on(
  RelationshipLevelChanged,
  async ({ meta, customer, previous }, at) => {
    if (!meta || !customer || meta.origin !== Origin.LIVE || !isRaisedToPartner(customer, previous)) return;
    await makeTask(at, {
      kind: "FOLLOW_UP",
      title: `Review the relation with ${customer.displayName}`,
      assigneeId: customer.ownerId || null,
      customerId: customer.customerId,
      dueTime: new Date(at.now.getTime() + REVIEW_DAYS * DAY_MS),
      origin: {
        rule: "relationship_review",
        key: meta.eventId,
        reason: "The customer has become a partner: agree on common goals, and look at them together.",
      },
    });
  },
);

const isRaisedToPartner = ({ relationshipLevel: level }: Customer, previous: Customer | undefined): boolean =>
  level >= RelationshipLevel.PARTNER && level > (previous?.relationshipLevel ?? 0);

async function ownerOf(at: At, customerId: string): Promise<string | null> {
  const [customer] = await find(at, customers, [customerId]);
  return customer?.ownerId ?? null;
}
