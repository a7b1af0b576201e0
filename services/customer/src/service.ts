// The RPC table: one name per line.
import type { CategoryServiceServer } from "@guanxi/contract/guanxi/customer/v1/category_service";
import type { ContactServiceServer } from "@guanxi/contract/guanxi/customer/v1/contact_service";
import type { CustomerServiceServer } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import type { FieldDefinitionServiceServer } from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import type { PurchaseHistoryServiceServer } from "@guanxi/contract/guanxi/customer/v1/purchase_history_service";
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
import { createFieldDefinition } from "./field-definitions/handlers/create-field-definition.ts";
import { getFieldDefinition } from "./field-definitions/handlers/get-field-definition.ts";
import { listFieldDefinitions } from "./field-definitions/handlers/list-field-definitions.ts";
import { updateFieldDefinition } from "./field-definitions/handlers/update-field-definition.ts";
import { getPurchaseHistory } from "./purchases/handlers/get-purchase-history.ts";

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
  removeTags,
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

export const categoryService: Handlers<CategoryServiceServer> = {
  createCategory,
  getCategory,
  listCategories,
  updateCategory,
};

export const fieldDefinitionService: Handlers<FieldDefinitionServiceServer> = {
  createFieldDefinition,
  getFieldDefinition,
  listFieldDefinitions,
  updateFieldDefinition,
};

export const purchaseHistoryService: Handlers<PurchaseHistoryServiceServer> = { getPurchaseHistory };
