import { attachmentService, clearUpJob, recordKind } from "@guanxi/attachments/attachment-service";
import { fileSettings } from "@guanxi/attachments/file-store";
import { AttachmentServiceService } from "@guanxi/contract/guanxi/service_desk/v1/attachment_service";
import { app } from "@guanxi/bus/app";
import { effect, projection } from "@guanxi/bus/reaction";
import { queues } from "./queues/queues.ts";
import { migrations } from "./migrations/index.ts";
import { ComplaintHistoryServiceService } from "@guanxi/contract/guanxi/service_desk/v1/complaint_history_service";
import { CorrectiveActionServiceService } from "@guanxi/contract/guanxi/service_desk/v1/corrective_action_service";
import { NeedServiceService } from "@guanxi/contract/guanxi/service_desk/v1/need_service";
import { ServiceCalendarServiceService } from "@guanxi/contract/guanxi/service_desk/v1/service_calendar_service";
import { SlaPolicyServiceService } from "@guanxi/contract/guanxi/service_desk/v1/sla_policy_service";
import { NoticeServiceService } from "@guanxi/contract/guanxi/service_desk/v1/notice_service";
import { ImportServiceService } from "@guanxi/contract/guanxi/service_desk/v1/import_service";
import { mirrorCustomers } from "@guanxi/directory/customers";
import { followAbsorbed, followSeparated } from "@guanxi/directory/follow-merges";
import { followHandOvers } from "@guanxi/directory/hand-overs";
import { mirrorSegmentMembers, mirrorSegments } from "@guanxi/directory/segment-policies";
import { mirrorUsers } from "@guanxi/directory/users";
import { importService } from "@guanxi/import/service/import-service";
import { CaseServiceService } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { CaseProcessServiceService } from "@guanxi/contract/guanxi/service_desk/v1/case_process_service";
import { QueueServiceService } from "@guanxi/contract/guanxi/service_desk/v1/queue_service";
import { RoutingServiceService } from "@guanxi/contract/guanxi/service_desk/v1/routing_service";
import { implement } from "@guanxi/kit/edge";
import { linkJobs } from "./customer-links/customer-links.ts";
import { tellCustomersJob } from "./actions/tell-customers.ts";
import { noteStatedNeeds } from "./needs/note-stated-needs.ts";
import { caseKind, complaintKind } from "./imports/cases.ts";
import { cases } from "./cases/cases.ts";
import { hearInteractions } from "./cases/interactions.ts";
import { mirrorContactAddresses, mirrorCustomerAddresses } from "./projections/addresses.ts";
import { mirrorOrders } from "./projections/orders.ts";
import { mirrorProducts } from "./projections/products.ts";
import { mirrorFeedbacks } from "./projections/feedbacks.ts";
import {
  caseProcessService,
  caseService,
  complaintHistoryService,
  correctiveActionService,
  needService,
  noticeService,
  serviceCalendarService,
  slaPolicyService,
  queueService,
  routingService,
} from "./service.ts";
import { followGrades } from "./sla/follow-grades.ts";
import { furnishTenants } from "./sla/furnish-tenants.ts";
import { reckonJobs } from "./sla/reckon-cases.ts";
import { caseWatchJob } from "./sla/watch-cases.ts";

const imports = importService([caseKind, complaintKind]);

export const serviceDesk = app({
  name: "service_desk",
  settings: fileSettings,
  migrations,
  readers: [
    projection("customers", "customer", [
      followGrades,
      mirrorCustomers,
      mirrorCustomerAddresses,
      mirrorContactAddresses,
      mirrorSegments,
      mirrorSegmentMembers,
    ]),
    projection("tenants", "identity", [furnishTenants]),
    projection("sales", "sales", [mirrorOrders, mirrorProducts]),
    projection("users", "identity", [mirrorUsers]),
    projection("feedbacks", "interaction", [mirrorFeedbacks]),
    effect("interactions", "interaction", [hearInteractions]),
    effect("needs", "interaction", [noteStatedNeeds]),
    effect("customer_links", "customer", [followAbsorbed, followSeparated, followHandOvers]),
  ],
  aggregates: [cases, queues],
  jobs: [...imports.jobs, ...linkJobs, caseWatchJob, ...reckonJobs, tellCustomersJob, clearUpJob],
  open: ({ settings }) => ({
    services: [
      implement(AttachmentServiceService, attachmentService([recordKind("case", cases)], settings)),
      implement(CaseServiceService, caseService),
      implement(CaseProcessServiceService, caseProcessService),
      implement(QueueServiceService, queueService),
      implement(RoutingServiceService, routingService),
      implement(ImportServiceService, imports.handlers),
      implement(ServiceCalendarServiceService, serviceCalendarService),
      implement(SlaPolicyServiceService, slaPolicyService),
      implement(ComplaintHistoryServiceService, complaintHistoryService),
      implement(CorrectiveActionServiceService, correctiveActionService),
      implement(NeedServiceService, needService),
      implement(NoticeServiceService, noticeService),
    ],
  }),
});
