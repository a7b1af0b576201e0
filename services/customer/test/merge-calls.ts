// What the tests of merges ask of the service.
import {
  IdentificationServiceService,
  IdentifyCustomerRequest,
} from "@guanxi/contract/guanxi/customer/v1/identification_service";
import { Customer_Kind, Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  ListMergesRequest,
  MergeCustomersRequest,
  MergeServiceService,
  PreviewMergeRequest,
  UnmergeCustomersRequest,
} from "@guanxi/contract/guanxi/customer/v1/merge_service";
import type { TestUser } from "@guanxi/testkit/service";

const rpc = MergeServiceService;

export const merge = (user: TestUser, survivorId: string, absorbedIds: string[], more: object = {}) =>
  user.call(rpc.mergeCustomers, MergeCustomersRequest.fromPartial({ survivorId, absorbedIds, ...more }));

export const unmerge = (user: TestUser, mergeId: string, reason = "") =>
  user.call(rpc.unmergeCustomers, UnmergeCustomersRequest.fromPartial({ mergeId, reason }));

export const preview = (user: TestUser, customerIds: string[], more: object = {}) =>
  user.call(rpc.previewMerge, PreviewMergeRequest.fromPartial({ customerIds, ...more }));

export const mergesOf = async (user: TestUser, customerId: string) =>
  (await user.call(rpc.listMerges, ListMergesRequest.fromPartial({ customerId }))).merges;

export const identify = (user: TestUser, request: object) =>
  user.call(
    IdentificationServiceService.identifyCustomer,
    IdentifyCustomerRequest.fromPartial({
      customer: { kind: Customer_Kind.PERSON, displayName: "张三" },
      channel: Source_Channel.WEB_FORM,
      ...request,
    }),
  );
