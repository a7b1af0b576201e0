// The RPC table: one name per line.
import type { FileSettings } from "@guanxi/attachments/file-store";
import type { Context } from "@guanxi/bus/app";
import type { ConversationServiceServer } from "@guanxi/contract/guanxi/interaction/v1/conversation_service";
import type { FeedbackServiceServer } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import type { InteractionServiceServer } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import type { MailboxServiceServer } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import type { ResponseTargetServiceServer } from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import type { SurveyInvitationServiceServer } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import type { SurveyServiceServer } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import type { TaskServiceServer } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import type { VisitServiceServer } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import type { CarePlanServiceServer } from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import type { ReturnVisitServiceServer } from "@guanxi/contract/guanxi/interaction/v1/return_visit_service";
import type { Handlers } from "@guanxi/kit/handler";
import { closeConversation } from "./conversations/handlers/close-conversation.ts";
import { getConversation } from "./conversations/handlers/get-conversation.ts";
import { listConversations } from "./conversations/handlers/list-conversations.ts";
import { updateConversation } from "./conversations/handlers/update-conversation.ts";
import { acknowledgeFeedback } from "./feedback/handlers/acknowledge-feedback.ts";
import { assignFeedback } from "./feedback/handlers/assign-feedback.ts";
import { closeFeedback } from "./feedback/handlers/close-feedback.ts";
import { createFeedback } from "./feedback/handlers/create-feedback.ts";
import { getFeedbackPolicy } from "./feedback/handlers/get-feedback-policy.ts";
import { getFeedback } from "./feedback/handlers/get-feedback.ts";
import { listFeedback } from "./feedback/handlers/list-feedback.ts";
import { markFeedbackSpam } from "./feedback/handlers/mark-feedback-spam.ts";
import { reopenFeedback } from "./feedback/handlers/reopen-feedback.ts";
import { resolveFeedback } from "./feedback/handlers/resolve-feedback.ts";
import { startFeedback } from "./feedback/handlers/start-feedback.ts";
import { summarizeFeedback } from "./feedback/handlers/summarize-feedback.ts";
import { updateFeedbackPolicy } from "./feedback/handlers/update-feedback-policy.ts";
import { updateFeedback } from "./feedback/handlers/update-feedback.ts";
import { concludeInteraction } from "./interactions/handlers/conclude-interaction.ts";
import { getContactSummary } from "./interactions/handlers/get-contact-summary.ts";
import { getInteraction } from "./interactions/handlers/get-interaction.ts";
import { linkInteraction } from "./interactions/handlers/link-interaction.ts";
import { listInteractions } from "./interactions/handlers/list-interactions.ts";
import { recordInteraction } from "./interactions/handlers/record-interaction.ts";
import { resendMessage } from "./interactions/handlers/resend-message.ts";
import { sendMessage } from "./interactions/handlers/send-message.ts";
import { updateInteraction } from "./interactions/handlers/update-interaction.ts";
import { linkHolder } from "./invitations/form.ts";
import { answerSurvey } from "./invitations/handlers/answer-survey.ts";
import { getCustomerStanding } from "./invitations/handlers/get-customer-standing.ts";
import { getSurveyForm } from "./invitations/handlers/get-survey-form.ts";
import { getSurveyInvitation } from "./invitations/handlers/get-survey-invitation.ts";
import { inviteToSurvey } from "./invitations/handlers/invite-to-survey.ts";
import { listSurveyInvitations } from "./invitations/handlers/list-survey-invitations.ts";
import { submitSurveyForm } from "./invitations/handlers/submit-survey-form.ts";
import { takeSurveyAnswer } from "./invitations/handlers/take-survey-answer.ts";
import { createMailbox } from "./mail/handlers/create-mailbox.ts";
import { downloadMail } from "./mail/handlers/download-mail.ts";
import { getMailCounts } from "./mail/handlers/get-mail-counts.ts";
import { getMail } from "./mail/handlers/get-mail.ts";
import { getMailbox } from "./mail/handlers/get-mailbox.ts";
import { listMailboxes } from "./mail/handlers/list-mailboxes.ts";
import { listMails } from "./mail/handlers/list-mails.ts";
import { receiveMail } from "./mail/handlers/receive-mail.ts";
import { rereadMail } from "./mail/handlers/reread-mail.ts";
import { updateMailbox } from "./mail/handlers/update-mailbox.ts";
import { createResponseTarget } from "./response-targets/handlers/create-response-target.ts";
import { deleteResponseTarget } from "./response-targets/handlers/delete-response-target.ts";
import { getResponseTarget } from "./response-targets/handlers/get-response-target.ts";
import { listResponseTargets } from "./response-targets/handlers/list-response-targets.ts";
import { updateResponseTarget } from "./response-targets/handlers/update-response-target.ts";
import { activateSurvey } from "./surveys/handlers/activate-survey.ts";
import { closeSurvey } from "./surveys/handlers/close-survey.ts";
import { copySurvey } from "./surveys/handlers/copy-survey.ts";
import { createSurvey } from "./surveys/handlers/create-survey.ts";
import { getSurveyRun } from "./surveys/handlers/get-survey-run.ts";
import { getSurvey } from "./surveys/handlers/get-survey.ts";
import { listSurveyRuns } from "./surveys/handlers/list-survey-runs.ts";
import { listSurveys } from "./surveys/handlers/list-surveys.ts";
import { pauseSurvey } from "./surveys/handlers/pause-survey.ts";
import { runSurvey } from "./surveys/handlers/run-survey.ts";
import { updateSurvey } from "./surveys/handlers/update-survey.ts";
import type { surveySettings } from "./surveys/settings.ts";
import { assignTask } from "./tasks/handlers/assign-task.ts";
import { bookDay } from "./tasks/handlers/book-day.ts";
import { cancelTask } from "./tasks/handlers/cancel-task.ts";
import { completeTask } from "./tasks/handlers/complete-task.ts";
import { createTask } from "./tasks/handlers/create-task.ts";
import { deferTask } from "./tasks/handlers/defer-task.ts";
import { getTask } from "./tasks/handlers/get-task.ts";
import { listTasks } from "./tasks/handlers/list-tasks.ts";
import { planDay } from "./tasks/handlers/plan-day.ts";
import { startTask } from "./tasks/handlers/start-task.ts";
import { updateTask } from "./tasks/handlers/update-task.ts";
import { cancelVisit } from "./visits/handlers/cancel-visit.ts";
import { checkInVisit } from "./visits/handlers/check-in-visit.ts";
import { createVisit } from "./visits/handlers/create-visit.ts";
import { getVisit } from "./visits/handlers/get-visit.ts";
import { holdVisit } from "./visits/handlers/hold-visit.ts";
import { listVisits } from "./visits/handlers/list-visits.ts";
import { markVisitNotHeld } from "./visits/handlers/mark-visit-not-held.ts";
import { updateVisit } from "./visits/handlers/update-visit.ts";
import { createCarePlan } from "./care/handlers/create-care-plan.ts";
import { getCarePlan } from "./care/handlers/get-care-plan.ts";
import { listCarePlans } from "./care/handlers/list-care-plans.ts";
import { listCareStandings } from "./care/handlers/list-care-standings.ts";
import { updateCarePlan } from "./care/handlers/update-care-plan.ts";
import { getReturnVisit } from "./return-visits/handlers/get-return-visit.ts";
import { listReturnVisits } from "./return-visits/handlers/list-return-visits.ts";
import { recordReturnVisit } from "./return-visits/handlers/record-return-visit.ts";

export const conversationService: Handlers<ConversationServiceServer> = {
  closeConversation,
  getConversation,
  listConversations,
  updateConversation,
};

export const interactionService: Handlers<InteractionServiceServer> = {
  concludeInteraction,
  getContactSummary,
  getInteraction,
  linkInteraction,
  listInteractions,
  recordInteraction,
  resendMessage,
  sendMessage,
  updateInteraction,
};

export const mailboxService = (files: FileSettings): Handlers<MailboxServiceServer> => ({
  createMailbox,
  downloadMail,
  getMail,
  getMailCounts,
  getMailbox,
  listMailboxes,
  listMails,
  receiveMail: receiveMail(files),
  rereadMail,
  updateMailbox,
});

export const responseTargetService: Handlers<ResponseTargetServiceServer> = {
  createResponseTarget,
  deleteResponseTarget,
  getResponseTarget,
  listResponseTargets,
  updateResponseTarget,
};

export const surveyService = (context: Context<typeof surveySettings>): Handlers<SurveyServiceServer> => ({
  activateSurvey: activateSurvey(context.settings.surveyUrl),
  closeSurvey,
  copySurvey,
  createSurvey,
  getSurvey,
  getSurveyRun,
  listSurveyRuns,
  listSurveys,
  pauseSurvey,
  runSurvey,
  updateSurvey,
});

/** Whoever has the link of a mail may answer without a token, for which it needs more than a request's transaction. */
export function surveyInvitationService(
  context: Context<typeof surveySettings>,
): Handlers<SurveyInvitationServiceServer> {
  const holding = linkHolder(context);
  return {
    answerSurvey,
    getCustomerStanding,
    getSurveyForm: getSurveyForm(holding),
    getSurveyInvitation,
    inviteToSurvey: inviteToSurvey(context.settings.surveyUrl),
    listSurveyInvitations,
    submitSurveyForm: submitSurveyForm(holding),
    takeSurveyAnswer,
  };
}

export const feedbackService: Handlers<FeedbackServiceServer> = {
  acknowledgeFeedback,
  assignFeedback,
  closeFeedback,
  createFeedback,
  getFeedback,
  getFeedbackPolicy,
  listFeedback,
  markFeedbackSpam,
  reopenFeedback,
  resolveFeedback,
  startFeedback,
  summarizeFeedback,
  updateFeedback,
  updateFeedbackPolicy,
};

export const taskService: Handlers<TaskServiceServer> = {
  assignTask,
  bookDay,
  cancelTask,
  completeTask,
  createTask,
  deferTask,
  getTask,
  listTasks,
  planDay,
  startTask,
  updateTask,
};

export const visitService: Handlers<VisitServiceServer> = {
  cancelVisit,
  checkInVisit,
  createVisit,
  getVisit,
  holdVisit,
  listVisits,
  markVisitNotHeld,
  updateVisit,
};

export const carePlanService: Handlers<CarePlanServiceServer> = {
  createCarePlan,
  getCarePlan,
  listCarePlans,
  listCareStandings,
  updateCarePlan,
};

export const returnVisitService: Handlers<ReturnVisitServiceServer> = {
  getReturnVisit,
  listReturnVisits,
  recordReturnVisit,
};
