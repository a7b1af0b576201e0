import { attachmentService, clearUpJob } from "@guanxi/attachments/attachment-service";
import { fileSettings } from "@guanxi/attachments/file-store";
import { AttachmentServiceService } from "@guanxi/contract/guanxi/interaction/v1/attachment_service";
import { app } from "@guanxi/bus/app";
import { effect, projection } from "@guanxi/bus/reaction";
import { ConversationServiceService } from "@guanxi/contract/guanxi/interaction/v1/conversation_service";
import { ImportServiceService } from "@guanxi/contract/guanxi/interaction/v1/import_service";
import { InteractionServiceService } from "@guanxi/contract/guanxi/interaction/v1/interaction_service";
import { MailboxServiceService } from "@guanxi/contract/guanxi/interaction/v1/mailbox_service";
import { ResponseTargetServiceService } from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import { FeedbackServiceService } from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { SurveyInvitationServiceService } from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { SurveyServiceService } from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import { CarePlanServiceService } from "@guanxi/contract/guanxi/interaction/v1/care_plan_service";
import { ReturnVisitServiceService } from "@guanxi/contract/guanxi/interaction/v1/return_visit_service";
import { TaskServiceService } from "@guanxi/contract/guanxi/interaction/v1/task_service";
import { VisitServiceService } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { followAbsorbed as followMerged, followSeparated } from "@guanxi/directory/follow-merges";
import { followHandOvers } from "@guanxi/directory/hand-overs";
import { mirrorSegmentMembers, mirrorSegments } from "@guanxi/directory/segment-policies";
import { mirrorUsers } from "@guanxi/directory/users";
import { importService } from "@guanxi/import/service/import-service";
import { implement } from "@guanxi/kit/edge";
import { invitations } from "./invitations/invitations.ts";
import { interactions } from "./interactions/interactions.ts";
import { allFeedback } from "./feedback/feedback-table.ts";
import { linkJobs } from "./customer-links/customer-links.ts";
import { attachable } from "./attachable.ts";
import { sendRequested } from "./campaigns/send-requested.ts";
import {
  campaignStopJob,
  followAborted,
  followRemoved,
  followSuppressed,
  followUnsuppressed,
} from "./campaigns/stops.ts";
import { careDayJob } from "./care/care-day.ts";
import { mirrorCareCustomers, mirrorCareOrders } from "./care/care-mirrors.ts";
import { feedbackDeadlineJob } from "./feedback/deadline.ts";
import { surveyExpiryJob } from "./invitations/expiry.ts";
import { askAfterCase, surveyOccasionJob } from "./invitations/occasions.ts";
import { surveyRunJob, surveyScheduleJob } from "./surveys/runs.ts";
import { surveySettings } from "./surveys/settings.ts";
import { followAbsorbed, followLinked, followOpened } from "./conversations/follow-cases.ts";
import { conversationLinkJob } from "./conversations/link.ts";
import { conversationSilenceJob, replyDueJob } from "./conversations/overdue.ts";
import { interactionKind } from "./imports/interactions.ts";
import { surveyAnswerKind } from "./imports/survey-answers.ts";
import { readMailJob } from "./mail/receiving/read-mail.ts";
import { sendMessageJob } from "./mail/sending/send-message.ts";
import { mailSettings } from "./mail/settings.ts";
import { tellNotices } from "./messages/tell-notices.ts";
import { migrations } from "./migrations/index.ts";
import {
  planEventFollowUp,
  planPlaybookTasks,
  planRelationshipReview,
  planWinBack,
} from "./playbooks/plan-tasks.ts";
import { mirrorCustomers } from "./projections/customers.ts";
import { mirrorContacts } from "./projections/contacts.ts";
import { mirrorReach } from "./projections/reach.ts";
import {
  carePlanService,
  conversationService,
  feedbackService,
  interactionService,
  mailboxService,
  responseTargetService,
  surveyInvitationService,
  returnVisitService,
  surveyService,
  taskService,
  visitService,
} from "./service.ts";
import { alertBreach, alertEscalation, alertValueDropped } from "./tasks/alerts.ts";
import { mirrorValues } from "./tasks/customer-values.ts";
import { messageLostJob } from "./messages/lost.ts";
import { taskClockJob } from "./tasks/task-clock.ts";
import { visitClockJob } from "./visits/visit-clock.ts";

const imports = importService([interactionKind, surveyAnswerKind]);

export const interaction = app({
  name: "interaction",
  settings: { ...surveySettings, ...mailSettings, ...fileSettings },
  migrations,
  readers: [
    projection("customers", "customer", [
      mirrorCustomers,
      mirrorReach,
      mirrorContacts,
      mirrorCareCustomers,
      mirrorSegments,
      mirrorSegmentMembers,
    ]),
    projection("orders", "sales", [mirrorCareOrders]),
    projection("values", "analytics", [mirrorValues]),
    effect("value_alerts", "analytics", [alertValueDropped]),
    effect("case_alerts", "service_desk", [alertBreach, alertEscalation]),
    projection("users", "identity", [mirrorUsers]),
    effect("cases", "service_desk", [followOpened, followLinked, followAbsorbed]),
    effect("notices", "service_desk", [tellNotices]),
    effect("survey_cases", "service_desk", [askAfterCase]),
    effect("campaign_messages", "marketing", [
      sendRequested,
      followAborted,
      followRemoved,
      followSuppressed,
      followUnsuppressed,
    ]),
    effect("marketing_tasks", "marketing", [planPlaybookTasks, planEventFollowUp]),
    effect("customer_tasks", "customer", [planWinBack, planRelationshipReview]),
    effect("customer_links", "customer", [followMerged, followSeparated, followHandOvers]),
  ],
  aggregates: [interactions, invitations, allFeedback],
  jobs: [
    ...imports.jobs,
    ...linkJobs,
    clearUpJob,
    surveyScheduleJob,
    surveyRunJob,
    surveyOccasionJob,
    surveyExpiryJob,
    feedbackDeadlineJob,
    replyDueJob,
    conversationSilenceJob,
    conversationLinkJob,
    readMailJob,
    sendMessageJob,
    messageLostJob,
    taskClockJob,
    visitClockJob,
    careDayJob,
    campaignStopJob,
  ],
  open: (context) => ({
    services: [
      implement(TaskServiceService, taskService),
      implement(VisitServiceService, visitService),
      implement(CarePlanServiceService, carePlanService),
      implement(ReturnVisitServiceService, returnVisitService),
      implement(AttachmentServiceService, attachmentService(attachable, context.settings)),
      implement(InteractionServiceService, interactionService),
      implement(ImportServiceService, imports.handlers),
      implement(ConversationServiceService, conversationService),
      implement(MailboxServiceService, mailboxService(context.settings)),
      implement(ResponseTargetServiceService, responseTargetService),
      implement(SurveyServiceService, surveyService(context)),
      implement(SurveyInvitationServiceService, surveyInvitationService(context)),
      implement(FeedbackServiceService, feedbackService),
    ],
  }),
});
