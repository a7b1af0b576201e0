// What of interaction follows its customer when customers are merged, and goes to others when somebody leaves.
import { ConversationChanged } from "@guanxi/contract/guanxi/interaction/v1/conversation_events";
import { FeedbackAssigned, FeedbackChanged } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import { InteractionLinked } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import { ReturnVisitLinked } from "@guanxi/contract/guanxi/interaction/v1/return_visit_events";
import { SurveyInvitationLinked } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import { TaskAssigned, TaskChanged } from "@guanxi/contract/guanxi/interaction/v1/task_events";
import { VisitChanged } from "@guanxi/contract/guanxi/interaction/v1/visit_events";
import { type Linked, linked, type Move, mergeJobs } from "@guanxi/directory/follow-merges";
import { book, handOverJob } from "@guanxi/directory/hand-overs";
import type { At } from "@guanxi/kit/at";
import { record } from "@guanxi/kit/store";
import { conversations } from "../conversations/conversations.ts";
import type { ConversationState } from "../conversations/conversation-state.ts";
import { linkConversation, lockToLink } from "../conversations/link.ts";
import { assign } from "../feedback/feedback.ts";
import type { FeedbackState } from "../feedback/feedback-state.ts";
import { allFeedback } from "../feedback/feedback-table.ts";
import { interactions } from "../interactions/interactions.ts";
import { invitations } from "../invitations/invitations.ts";
import { returnVisits } from "../return-visits/return-visits.ts";
import { keepTask } from "../tasks/keep-task.ts";
import { assignTask } from "../tasks/task.ts";
import type { TaskState } from "../tasks/task-state.ts";
import { tasks } from "../tasks/tasks.ts";
import type { VisitState } from "../visits/visit-state.ts";
import { visits } from "../visits/visits.ts";

/** By what contacts find it goes with it. Its contacts have gone before, each with a note of whose it was. */
const linkedConversations: Linked = {
  kind: "conversations",
  idColumn: "conversation_id",
  async move(at, moves) {
    const theirs: Move[] = [];
    for (const each of moves) if (await moveConversation(at, each)) theirs.push(each);
    return theirs;
  },
};

async function moveConversation(at: At, { id, from, to }: Move): Promise<boolean> {
  const before = await lockToLink(at, id, to);
  if (before?.customerId !== from) return false;
  await linkConversation(at, before, { customerId: to, contactId: before.contactId });
  return true;
}

const taskBook = book<TaskState>({
  table: tasks,
  owner: "assignee_id",
  customer: "customer_id",
  open: "state in ('OPEN', 'IN_PROGRESS', 'DEFERRED')",
  ownerOf: ({ assigneeId }) => assigneeId,
  // Nobody's hours are booked by a hand-over: whoever takes over plans the day anew.
  give: (at, row, userId, reason) =>
    keepTask(at, assignTask(assignTask(row, null, at.now), userId, at.now), TaskAssigned, { reason }),
});

const visitBook = book<VisitState>({
  table: visits,
  owner: "user_id",
  customer: "customer_id",
  open: "state = 'PLANNED'",
  ownerOf: ({ userId }) => userId,
  give: (at, row, userId) => record(at, visits, { ...row, userId, updateTime: at.now }, VisitChanged),
});

const feedbackBook = book<FeedbackState>({
  table: allFeedback,
  owner: "owner_id",
  customer: "customer_id",
  open: "state in ('NEW', 'ACKNOWLEDGED', 'IN_PROGRESS')",
  ownerOf: ({ ownerId }) => ownerId,
  give: (at, row, userId, reason) =>
    record(at, allFeedback, assign(row, userId, at.now), FeedbackAssigned, { reason }),
});

const conversationBook = book<ConversationState>({
  table: conversations,
  owner: "assignee_id",
  customer: "customer_id",
  open: "state = 'OPEN'",
  ownerOf: ({ assigneeId }) => assigneeId,
  give: (at, row, assigneeId) =>
    record(at, conversations, { ...row, assigneeId, updateTime: at.now }, ConversationChanged),
});

export const linkJobs = [
  ...mergeJobs("interaction", [
    linked(interactions, InteractionLinked),
    linkedConversations,
    linked(tasks, TaskChanged),
    linked(visits, VisitChanged),
    linked(allFeedback, FeedbackChanged),
    linked(returnVisits, ReturnVisitLinked),
    linked(invitations, SurveyInvitationLinked),
  ]),
  handOverJob("interaction", [taskBook, visitBook, feedbackBook, conversationBook]),
];
