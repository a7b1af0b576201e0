// What the tests ask of the service, in a few words each.
import {
  Category,
  CategoryServiceService,
  CreateCategoryRequest,
} from "@guanxi/contract/guanxi/customer/v1/category_service";
import { type Customer, Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  ArchiveCustomerRequest,
  CreateCustomerRequest,
  ListCustomersRequest,
  SearchCustomersRequest,
  UpdateCustomerRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import {
  CreateFieldDefinitionRequest,
  FieldDefinitionServiceService,
} from "@guanxi/contract/guanxi/customer/v1/field_definition_service";
import type { TestUser } from "@guanxi/testkit/service";

export const create = (user: TestUser, customer: object = {}, requestId = "") =>
  user.call(
    CustomerServiceService.createCustomer,
    CreateCustomerRequest.fromPartial({
      customer: { kind: Customer_Kind.PERSON, displayName: "张三", ...customer },
      requestId,
    }),
  );

export const createFirm = (user: TestUser, customer: object = {}) =>
  create(user, { kind: Customer_Kind.ORGANISATION, displayName: "北京华新", ...customer });

export const read = (user: TestUser, customerId: string) =>
  user.call(CustomerServiceService.getCustomer, { customerId });

export const update = (user: TestUser, before: Customer, customer: object, updateMask?: string[]) =>
  user.call(
    CustomerServiceService.updateCustomer,
    UpdateCustomerRequest.fromPartial({
      customer: { ...customer, customerId: before.customerId },
      updateMask,
      etag: before.etag,
    }),
  );

export const list = (user: TestUser, request: Partial<ListCustomersRequest> = {}) =>
  user.call(CustomerServiceService.listCustomers, ListCustomersRequest.fromPartial(request));

export const search = async (user: TestUser, query: string, more: Partial<SearchCustomersRequest> = {}) => {
  const request = SearchCustomersRequest.fromPartial({ query, ...more });
  const { customers } = await user.call(CustomerServiceService.searchCustomers, request);
  return customers.map(({ displayName }) => displayName);
};

export const archive = (user: TestUser, customerId: string, more: Partial<ArchiveCustomerRequest> = {}) =>
  user.call(
    CustomerServiceService.archiveCustomer,
    ArchiveCustomerRequest.fromPartial({ customerId, ...more }),
  );

export const createCategory = (user: TestUser, displayName: string, parentCategoryId = "") =>
  user.call(
    CategoryServiceService.createCategory,
    CreateCategoryRequest.fromPartial({ category: Category.fromPartial({ displayName, parentCategoryId }) }),
  );

export const define = (user: TestUser, fieldDefinition: object) =>
  user.call(
    FieldDefinitionServiceService.createFieldDefinition,
    CreateFieldDefinitionRequest.fromPartial({ fieldDefinition }),
  );
