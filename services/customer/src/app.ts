import { app } from "@guanxi/bus/app";
import { effect, projection } from "@guanxi/bus/reaction";
import { AudienceServiceService } from "@guanxi/contract/guanxi/customer/v1/audience_service";
import { CategoryServiceService } from "@guanxi/contract/guanxi/customer/v1/category_service";
import { ContactServiceService } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import { DuplicateServiceService } from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import { FieldDefinitionServiceService } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import {
  type ImportServiceServer,
  ImportServiceService,
} from "@guanxi/contract/guanxi/customer/v1/import_service";
import { IdentificationServiceService } from "@guanxi/contract/guanxi/customer/v1/identification_service";
import { MergeServiceService } from "@guanxi/contract/guanxi/customer/v1/merge_service";
import { PortraitServiceService } from "@guanxi/contract/guanxi/customer/v1/portrait_service";
import { PurchaseHistoryServiceService } from "@guanxi/contract/guanxi/customer/v1/purchase_history_service";
import { SegmentServiceService } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import { TimelineServiceService } from "@guanxi/contract/guanxi/customer/v1/timeline_service";
import { importService } from "@guanxi/import/service/import-service";
import { HandOverServiceService } from "@guanxi/contract/guanxi/customer/v1/hand_over_service";
import { LifecycleServiceService } from "@guanxi/contract/guanxi/customer/v1/lifecycle_service";
import { PoolServiceService } from "@guanxi/contract/guanxi/customer/v1/pool_service";
import { ReferralServiceService } from "@guanxi/contract/guanxi/customer/v1/referral_service";
import { RelationshipServiceService } from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import { WinBackServiceService } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import { implement } from "@guanxi/kit/edge";
import { tenantSettings } from "@guanxi/kit/tenants";
import { winBacks } from "./win-backs/win-backs.ts";
import { customers } from "./customers/customers.ts";
import { contacts } from "./contacts/contacts.ts";
import { openExports } from "./audience/audience.ts";
import { audienceService } from "./audience/audience-service.ts";
import { checkJob } from "./checks/check-job.ts";
import { duplicateScanJob } from "./duplicates/scan-job.ts";
import { handOverJob } from "./hand-overs/hand-over-job.ts";
import { checkAllJob } from "./lifecycle/check-all.ts";
import { contactKind } from "./imports/contact-kind.ts";
import { customerKind } from "./imports/customer-kind.ts";
import { takeLeads } from "./lead-intakes/take-leads.ts";
import { migrations } from "./migrations/index.ts";
import { followValues } from "./model-grades/follow-values.ts";
import { portraitReaders } from "./portrait/readers.ts";
import { followOrders } from "./purchases/follow-orders.ts";
import { relationships } from "./relationships/relationships.ts";
import { buildJob } from "./segments/build-segment.ts";
import {
  categoryService,
  contactService,
  customerService,
  duplicateService,
  fieldDefinitionService,
  identificationService,
  mergeService,
  portraitService,
  purchaseHistoryService,
  segmentService,
  timelineService,
  handOverService,
  lifecycleService,
  poolService,
  referralService,
  relationshipService,
  winBackService,
} from "./service.ts";
import { withdrawConsent } from "./unsubscribes/withdraw-consent.ts";
import { followUsers } from "./users/follow-users.ts";

const imports = importService([customerKind, contactKind]);

export const customer = app({
  name: "customer",
  settings: {},
  migrations,
  readers: [
    projection("users", "identity", [followUsers]),
    projection("purchases", "sales", [followOrders]),
    effect("leads", "sales", [takeLeads]),
    effect("grades", "analytics", [followValues]),
    effect("unsubscribes", "marketing", [withdrawConsent]),
    ...portraitReaders,
  ],
  aggregates: [customers, contacts, relationships, winBacks],
  jobs: [...imports.jobs, handOverJob, checkAllJob, duplicateScanJob, checkJob, buildJob],
  async open({ act, db, settings }) {
    const exports = await openExports(settings.databaseUrl);
    const settingsOf = tenantSettings(db);
    return {
      close: () => exports.close(),
      services: [
        implement(CustomerServiceService, customerService),
        implement(ContactServiceService, contactService),
        implement(CategoryServiceService, categoryService),
        implement(DuplicateServiceService, duplicateService),
        implement(HandOverServiceService, handOverService),
        implement(LifecycleServiceService, lifecycleService),
        implement(PoolServiceService, poolService),
        implement(ReferralServiceService, referralService),
        implement(RelationshipServiceService, relationshipService),
        implement(WinBackServiceService, winBackService),
        implement(FieldDefinitionServiceService, fieldDefinitionService),
        implement(MergeServiceService, mergeService),
        implement(IdentificationServiceService, identificationService),
        implement(PortraitServiceService, portraitService),
        implement(PurchaseHistoryServiceService, purchaseHistoryService),
        implement(TimelineServiceService, timelineService),
        implement(SegmentServiceService, segmentService),
        implement<ImportServiceServer>(ImportServiceService, imports.handlers),
        implement(AudienceServiceService, audienceService({ act, settingsOf }, exports)),
      ],
    };
  },
});
