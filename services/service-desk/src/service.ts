// The RPC table: one name per line.
import type { ComplaintHistoryServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/complaint_history_service";
import type { CorrectiveActionServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import type { NeedServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import type { NoticeServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/notice_service";
import type { ServiceCalendarServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_service";
import type { SlaPolicyServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import type { CaseServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import type { CaseProcessServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/case_process_service";
import type { QueueServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/queue_service";
import type { RoutingServiceServer } from "@guanxi/contract/guanxi/service_desk/v1/routing_service";
import type { Handlers } from "@guanxi/kit/handler";
import { acknowledgeCase } from "./cases/handlers/acknowledge-case.ts";
import { assignCase } from "./cases/handlers/assign-case.ts";
import { cancelCase } from "./cases/handlers/cancel-case.ts";
import { changeCasePriority } from "./cases/handlers/change-case-priority.ts";
import { closeCase } from "./cases/handlers/close-case.ts";
import { completeCaseStep } from "./cases/handlers/complete-case-step.ts";
import { createCase } from "./cases/handlers/create-case.ts";
import { getCase } from "./cases/handlers/get-case.ts";
import { linkCase } from "./cases/handlers/link-case.ts";
import { listCaseChanges } from "./cases/handlers/list-case-changes.ts";
import { listCases } from "./cases/handlers/list-cases.ts";
import { mergeCases } from "./cases/handlers/merge-cases.ts";
import { moveCase } from "./cases/handlers/move-case.ts";
import { recordCustomerReply } from "./cases/handlers/record-customer-reply.ts";
import { recordReply } from "./cases/handlers/record-reply.ts";
import { reopenCase } from "./cases/handlers/reopen-case.ts";
import { resolveCase } from "./cases/handlers/resolve-case.ts";
import { routeCase } from "./cases/handlers/route-case.ts";
import { splitCase } from "./cases/handlers/split-case.ts";
import { takeUpCase } from "./cases/handlers/take-up-case.ts";
import { updateCase } from "./cases/handlers/update-case.ts";
import { createCaseProcess } from "./processes/handlers/create-case-process.ts";
import { getCaseProcess } from "./processes/handlers/get-case-process.ts";
import { listCaseProcesses } from "./processes/handlers/list-case-processes.ts";
import { updateCaseProcess } from "./processes/handlers/update-case-process.ts";
import { createQueue } from "./queues/handlers/create-queue.ts";
import { getQueue } from "./queues/handlers/get-queue.ts";
import { listQueues } from "./queues/handlers/list-queues.ts";
import { updateQueue } from "./queues/handlers/update-queue.ts";
import { getRoutingPolicy } from "./routing/handlers/get-routing-policy.ts";
import { routeContact } from "./routing/handlers/route-contact.ts";
import { updateRoutingPolicy } from "./routing/handlers/update-routing-policy.ts";
import { getComplaintHistory } from "./complaints/handlers/get-complaint-history.ts";
import { cancelCorrectiveAction } from "./actions/handlers/cancel-corrective-action.ts";
import { completeCorrectiveAction } from "./actions/handlers/complete-corrective-action.ts";
import { createCorrectiveAction } from "./actions/handlers/create-corrective-action.ts";
import { getCorrectiveAction } from "./actions/handlers/get-corrective-action.ts";
import { linkCases } from "./actions/handlers/link-cases.ts";
import { linkFeedback } from "./actions/handlers/link-feedback.ts";
import { listCorrectiveActions } from "./actions/handlers/list-corrective-actions.ts";
import { startCorrectiveAction } from "./actions/handlers/start-corrective-action.ts";
import { unlinkCases } from "./actions/handlers/unlink-cases.ts";
import { unlinkFeedback } from "./actions/handlers/unlink-feedback.ts";
import { updateCorrectiveAction } from "./actions/handlers/update-corrective-action.ts";
import { createNeed } from "./needs/handlers/create-need.ts";
import { declineNeed } from "./needs/handlers/decline-need.ts";
import { getNeed } from "./needs/handlers/get-need.ts";
import { listNeedChanges } from "./needs/handlers/list-need-changes.ts";
import { listNeeds } from "./needs/handlers/list-needs.ts";
import { moveNeed } from "./needs/handlers/move-need.ts";
import { recordNeeds } from "./needs/handlers/record-needs.ts";
import { reopenNeed } from "./needs/handlers/reopen-need.ts";
import { satisfyNeed } from "./needs/handlers/satisfy-need.ts";
import { summarizeNeeds } from "./needs/handlers/summarize-needs.ts";
import { updateNeed } from "./needs/handlers/update-need.ts";
import { getNotice } from "./notices/handlers/get-notice.ts";
import { listNotices } from "./notices/handlers/list-notices.ts";
import { createServiceCalendar } from "./calendars/handlers/create-service-calendar.ts";
import { getServiceCalendar } from "./calendars/handlers/get-service-calendar.ts";
import { listServiceCalendars } from "./calendars/handlers/list-service-calendars.ts";
import { updateServiceCalendar } from "./calendars/handlers/update-service-calendar.ts";
import { archiveSlaPolicy } from "./sla/handlers/archive-sla-policy.ts";
import { createSlaPolicy } from "./sla/handlers/create-sla-policy.ts";
import { getSlaPolicy } from "./sla/handlers/get-sla-policy.ts";
import { listSlaPolicies } from "./sla/handlers/list-sla-policies.ts";
import { restoreSlaPolicy } from "./sla/handlers/restore-sla-policy.ts";
import { updateSlaPolicy } from "./sla/handlers/update-sla-policy.ts";

export const complaintHistoryService: Handlers<ComplaintHistoryServiceServer> = {
  getComplaintHistory,
};

export const correctiveActionService: Handlers<CorrectiveActionServiceServer> = {
  cancelCorrectiveAction,
  completeCorrectiveAction,
  createCorrectiveAction,
  getCorrectiveAction,
  linkCases,
  linkFeedback,
  listCorrectiveActions,
  startCorrectiveAction,
  unlinkCases,
  unlinkFeedback,
  updateCorrectiveAction,
};

export const needService: Handlers<NeedServiceServer> = {
  createNeed,
  declineNeed,
  getNeed,
  listNeedChanges,
  listNeeds,
  moveNeed,
  recordNeeds,
  reopenNeed,
  satisfyNeed,
  summarizeNeeds,
  updateNeed,
};

export const noticeService: Handlers<NoticeServiceServer> = {
  getNotice,
  listNotices,
};

export const serviceCalendarService: Handlers<ServiceCalendarServiceServer> = {
  createServiceCalendar,
  getServiceCalendar,
  listServiceCalendars,
  updateServiceCalendar,
};

export const slaPolicyService: Handlers<SlaPolicyServiceServer> = {
  archiveSlaPolicy,
  createSlaPolicy,
  getSlaPolicy,
  listSlaPolicies,
  restoreSlaPolicy,
  updateSlaPolicy,
};

export const caseService: Handlers<CaseServiceServer> = {
  acknowledgeCase,
  assignCase,
  cancelCase,
  changeCasePriority,
  closeCase,
  completeCaseStep,
  createCase,
  getCase,
  linkCase,
  listCaseChanges,
  listCases,
  mergeCases,
  moveCase,
  recordCustomerReply,
  recordReply,
  reopenCase,
  resolveCase,
  routeCase,
  splitCase,
  takeUpCase,
  updateCase,
};

export const caseProcessService: Handlers<CaseProcessServiceServer> = {
  createCaseProcess,
  getCaseProcess,
  listCaseProcesses,
  updateCaseProcess,
};

export const queueService: Handlers<QueueServiceServer> = {
  createQueue,
  getQueue,
  listQueues,
  updateQueue,
};

export const routingService: Handlers<RoutingServiceServer> = {
  getRoutingPolicy,
  routeContact,
  updateRoutingPolicy,
};
