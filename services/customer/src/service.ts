// The RPC table: one name per line.
import type { CategoryServiceServer } from "@guanxi/contract/guanxi/customer/v1/category_service";
import type { ContactServiceServer } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import type { CustomerServiceServer } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import type { DuplicateServiceServer } from "@guanxi/contract/guanxi/customer/v1/duplicate_service";
import type { FieldDefinitionServiceServer } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import type { PortraitServiceServer } from "@guanxi/contract/guanxi/customer/v1/portrait_service";
import type { PurchaseHistoryServiceServer } from "@guanxi/contract/guanxi/customer/v1/purchase_history_service";
import type { SegmentServiceServer } from "@guanxi/contract/guanxi/customer/v1/segment_service";
import type { IdentificationServiceServer } from "@guanxi/contract/guanxi/customer/v1/identification_service";
import type { MergeServiceServer } from "@guanxi/contract/guanxi/customer/v1/merge_service";
import type { TimelineServiceServer } from "@guanxi/contract/guanxi/customer/v1/timeline_service";
import type { HandOverServiceServer } from "@guanxi/contract/guanxi/customer/v1/hand_over_service";
import type { LifecycleServiceServer } from "@guanxi/contract/guanxi/customer/v1/lifecycle_service";
import type { PoolServiceServer } from "@guanxi/contract/guanxi/customer/v1/pool_service";
import type { ReferralServiceServer } from "@guanxi/contract/guanxi/customer/v1/referral_service";
import type { RelationshipServiceServer } from "@guanxi/contract/guanxi/customer/v1/relationship_service";
import type { WinBackServiceServer } from "@guanxi/contract/guanxi/customer/v1/win_back_service";
import type { Handlers } from "@guanxi/kit/handler";
import { createCategory } from "./categories/handlers/create-category.ts";
import { getCategory } from "./categories/handlers/get-category.ts";
import { listCategories } from "./categories/handlers/list-categories.ts";
import { updateCategory } from "./categories/handlers/update-category.ts";
import { archiveContact } from "./contacts/handlers/archive-contact.ts";
import { createContact } from "./contacts/handlers/create-contact.ts";
import { getContact } from "./contacts/handlers/get-contact.ts";
import { leaveCustomer } from "./contacts/handlers/leave-customer.ts";
import { listContacts } from "./contacts/handlers/list-contacts.ts";
import { recordContactConsent } from "./contacts/handlers/record-contact-consent.ts";
import { restoreContact } from "./contacts/handlers/restore-contact.ts";
import { updateContact } from "./contacts/handlers/update-contact.ts";
import { addTags } from "./customers/handlers/add-tags.ts";
import { archiveCustomer } from "./customers/handlers/archive-customer.ts";
import { batchGetCustomers } from "./customers/handlers/batch-get-customers.ts";
import { changeCustomerClass } from "./customers/handlers/change-customer-class.ts";
import { changeGrade } from "./customers/handlers/change-grade.ts";
import { changeLifecycleStage } from "./customers/handlers/change-lifecycle-stage.ts";
import { changeOwner } from "./customers/handlers/change-owner.ts";
import { changeRelationshipLevel } from "./customers/handlers/change-relationship-level.ts";
import { claimCustomer } from "./customers/handlers/claim-customer.ts";
import { createCustomer } from "./customers/handlers/create-customer.ts";
import { findDuplicates } from "./customers/handlers/find-duplicates.ts";
import { getCustomer } from "./customers/handlers/get-customer.ts";
import { listCustomerHistory } from "./customers/handlers/list-customer-history.ts";
import { listCustomers } from "./customers/handlers/list-customers.ts";
import { reclassifyCustomers } from "./customers/handlers/reclassify-customers.ts";
import { recordConsent } from "./customers/handlers/record-consent.ts";
import { removeTags } from "./customers/handlers/remove-tags.ts";
import { restoreCustomer } from "./customers/handlers/restore-customer.ts";
import { searchCustomers } from "./customers/handlers/search-customers.ts";
import { updateCustomer } from "./customers/handlers/update-customer.ts";
import { cancelDuplicateScan } from "./duplicates/handlers/cancel-duplicate-scan.ts";
import { dismissDuplicate } from "./duplicates/handlers/dismiss-duplicate.ts";
import { getDuplicateScan } from "./duplicates/handlers/get-duplicate-scan.ts";
import { listDuplicatePairs } from "./duplicates/handlers/list-duplicate-pairs.ts";
import { listDuplicateScans } from "./duplicates/handlers/list-duplicate-scans.ts";
import { startDuplicateScan } from "./duplicates/handlers/start-duplicate-scan.ts";
import { createFieldDefinition } from "./field-definitions/handlers/create-field-definition.ts";
import { getFieldDefinition } from "./field-definitions/handlers/get-field-definition.ts";
import { listFieldDefinitions } from "./field-definitions/handlers/list-field-definitions.ts";
import { updateFieldDefinition } from "./field-definitions/handlers/update-field-definition.ts";
import { identifyCustomer } from "./identities/handlers/identify-customer.ts";
import { getMerge } from "./merges/handlers/get-merge.ts";
import { listMerges } from "./merges/handlers/list-merges.ts";
import { mergeCustomers } from "./merges/handlers/merge-customers.ts";
import { previewMerge } from "./merges/handlers/preview-merge.ts";
import { unmergeCustomers } from "./merges/handlers/unmerge-customers.ts";
import { getPortrait } from "./portrait/handlers/get-portrait.ts";
import { getPurchaseHistory } from "./purchases/handlers/get-purchase-history.ts";
import { archiveSegment } from "./segments/handlers/archive-segment.ts";
import { createSegment } from "./segments/handlers/create-segment.ts";
import { explainMembership } from "./segments/handlers/explain-membership.ts";
import { getCustomerPolicy } from "./segments/handlers/get-customer-policy.ts";
import { getSegment } from "./segments/handlers/get-segment.ts";
import { listCustomerSegments } from "./segments/handlers/list-customer-segments.ts";
import { listSegmentMembers } from "./segments/handlers/list-segment-members.ts";
import { listSegments } from "./segments/handlers/list-segments.ts";
import { previewSegment } from "./segments/handlers/preview-segment.ts";
import { updateSegment } from "./segments/handlers/update-segment.ts";
import { recordTraits } from "./traits/handlers/record-traits.ts";
import { removeTraits } from "./traits/handlers/remove-traits.ts";
import { listTimeline } from "./timeline/handlers/list-timeline.ts";
import { getHandOver } from "./hand-overs/handlers/get-hand-over.ts";
import { listHandOvers } from "./hand-overs/handlers/list-hand-overs.ts";
import { startHandOver } from "./hand-overs/handlers/start-hand-over.ts";
import { getLifecyclePolicy } from "./lifecycle/handlers/get-lifecycle-policy.ts";
import { updateLifecyclePolicy } from "./lifecycle/handlers/update-lifecycle-policy.ts";
import { getPoolPolicy } from "./pool/handlers/get-pool-policy.ts";
import { getPoolStanding } from "./pool/handlers/get-pool-standing.ts";
import { updatePoolPolicy } from "./pool/handlers/update-pool-policy.ts";
import { getReferralTree } from "./referrals/handlers/get-referral-tree.ts";
import { recordReferral } from "./referrals/handlers/record-referral.ts";
import { assessRelationship } from "./relationships/handlers/assess-relationship.ts";
import { getRelationship } from "./relationships/handlers/get-relationship.ts";
import { getRelationshipPolicy } from "./relationships/handlers/get-relationship-policy.ts";
import { listRelationshipCosts } from "./relationships/handlers/list-relationship-costs.ts";
import { listRelationshipHistory } from "./relationships/handlers/list-relationship-history.ts";
import { recordRelationshipCost } from "./relationships/handlers/record-relationship-cost.ts";
import { updateRelationship } from "./relationships/handlers/update-relationship.ts";
import { updateRelationshipPolicy } from "./relationships/handlers/update-relationship-policy.ts";
import { endWinBack } from "./win-backs/handlers/end-win-back.ts";
import { getWinBack } from "./win-backs/handlers/get-win-back.ts";
import { getWinBackPolicy } from "./win-backs/handlers/get-win-back-policy.ts";
import { listWinBacks } from "./win-backs/handlers/list-win-backs.ts";
import { startWinBack } from "./win-backs/handlers/start-win-back.ts";
import { updateWinBack } from "./win-backs/handlers/update-win-back.ts";
import { updateWinBackPolicy } from "./win-backs/handlers/update-win-back-policy.ts";

export const customerService: Handlers<CustomerServiceServer> = {
  addTags,
  archiveCustomer,
  batchGetCustomers,
  changeCustomerClass,
  changeGrade,
  changeLifecycleStage,
  changeOwner,
  changeRelationshipLevel,
  claimCustomer,
  createCustomer,
  findDuplicates,
  getCustomer,
  listCustomerHistory,
  listCustomers,
  reclassifyCustomers,
  recordConsent,
  recordTraits,
  removeTags,
  removeTraits,
  restoreCustomer,
  searchCustomers,
  updateCustomer,
};

export const contactService: Handlers<ContactServiceServer> = {
  archiveContact,
  createContact,
  getContact,
  leaveCustomer,
  listContacts,
  recordContactConsent,
  restoreContact,
  updateContact,
};

export const portraitService: Handlers<PortraitServiceServer> = { getPortrait };

export const timelineService: Handlers<TimelineServiceServer> = { listTimeline };

export const categoryService: Handlers<CategoryServiceServer> = {
  createCategory,
  getCategory,
  listCategories,
  updateCategory,
};

export const duplicateService: Handlers<DuplicateServiceServer> = {
  cancelDuplicateScan,
  dismissDuplicate,
  getDuplicateScan,
  listDuplicatePairs,
  listDuplicateScans,
  startDuplicateScan,
};

export const fieldDefinitionService: Handlers<FieldDefinitionServiceServer> = {
  createFieldDefinition,
  getFieldDefinition,
  listFieldDefinitions,
  updateFieldDefinition,
};

export const mergeService: Handlers<MergeServiceServer> = {
  getMerge,
  listMerges,
  mergeCustomers,
  previewMerge,
  unmergeCustomers,
};

export const identificationService: Handlers<IdentificationServiceServer> = { identifyCustomer };

export const purchaseHistoryService: Handlers<PurchaseHistoryServiceServer> = { getPurchaseHistory };

export const segmentService: Handlers<SegmentServiceServer> = {
  archiveSegment,
  createSegment,
  explainMembership,
  getCustomerPolicy,
  getSegment,
  listCustomerSegments,
  listSegmentMembers,
  listSegments,
  previewSegment,
  updateSegment,
};

export const handOverService: Handlers<HandOverServiceServer> = {
  getHandOver,
  listHandOvers,
  startHandOver,
};

export const lifecycleService: Handlers<LifecycleServiceServer> = {
  getLifecyclePolicy,
  updateLifecyclePolicy,
};

export const poolService: Handlers<PoolServiceServer> = {
  getPoolPolicy,
  getPoolStanding,
  updatePoolPolicy,
};

export const referralService: Handlers<ReferralServiceServer> = {
  getReferralTree,
  recordReferral,
};

export const relationshipService: Handlers<RelationshipServiceServer> = {
  assessRelationship,
  getRelationship,
  getRelationshipPolicy,
  listRelationshipCosts,
  listRelationshipHistory,
  recordRelationshipCost,
  updateRelationship,
  updateRelationshipPolicy,
};

export const winBackService: Handlers<WinBackServiceServer> = {
  endWinBack,
  getWinBack,
  getWinBackPolicy,
  listWinBacks,
  startWinBack,
  updateWinBack,
  updateWinBackPolicy,
};
