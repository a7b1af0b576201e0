// What the tests ask of cases, queues and routing, in a few words each.
import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import {
  CaseProcessServiceService as processRpc,
  CreateCaseProcessRequest,
  UpdateCaseProcessRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/case_process_service";
import {
  AcknowledgeCaseRequest,
  AssignCaseRequest,
  CancelCaseRequest,
  CaseServiceService as rpc,
  ChangeCasePriorityRequest,
  CloseCaseRequest,
  CompleteCaseStepRequest,
  CreateCaseRequest,
  GetCaseRequest,
  LinkCaseRequest,
  ListCaseChangesRequest,
  ListCasesRequest,
  MergeCasesRequest,
  MoveCaseRequest,
  RecordCustomerReplyRequest,
  RecordReplyRequest,
  ReopenCaseRequest,
  ResolveCaseRequest,
  RouteCaseRequest,
  SplitCaseRequest,
  TakeUpCaseRequest,
  UpdateCaseRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import {
  CreateQueueRequest,
  QueueServiceService as queueRpc,
  UpdateQueueRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/queue_service";
import {
  RouteContactRequest,
  RoutingServiceService as routingRpc,
  UpdateRoutingPolicyRequest,
} from "@guanxi/contract/guanxi/service_desk/v1/routing_service";
import type { Codec } from "@guanxi/kit/codec";
import type { Rpc } from "@guanxi/testkit/calls";
import type { TestUser } from "@guanxi/testkit/service";

const verb =
  <Req, Res>(method: Rpc<Req, Res>, request: Codec<Req>) =>
  (user: TestUser, caseId: string, more: object = {}): Promise<Res> =>
    user.call(method, request.fromPartial({ caseId, ...more }));

const ask =
  <Req, Res>(method: Rpc<Req, Res>, request: Codec<Req>) =>
  (user: TestUser, more: object = {}): Promise<Res> =>
    user.call(method, request.fromPartial(more));

export const getCase = verb(rpc.getCase, GetCaseRequest);
export const caseChanges = verb(rpc.listCaseChanges, ListCaseChangesRequest);
export const linkCase = verb(rpc.linkCase, LinkCaseRequest);
export const changePriority = verb(rpc.changeCasePriority, ChangeCasePriorityRequest);
export const assignCase = verb(rpc.assignCase, AssignCaseRequest);
export const routeCase = verb(rpc.routeCase, RouteCaseRequest);
export const takeUp = verb(rpc.takeUpCase, TakeUpCaseRequest);
export const moveCase = verb(rpc.moveCase, MoveCaseRequest);
export const acknowledge = verb(rpc.acknowledgeCase, AcknowledgeCaseRequest);
export const reply = verb(rpc.recordReply, RecordReplyRequest);
export const customerReply = verb(rpc.recordCustomerReply, RecordCustomerReplyRequest);
export const completeStep = verb(rpc.completeCaseStep, CompleteCaseStepRequest);
export const resolve = verb(rpc.resolveCase, ResolveCaseRequest);
export const close = verb(rpc.closeCase, CloseCaseRequest);
export const reopen = verb(rpc.reopenCase, ReopenCaseRequest);
export const cancel = verb(rpc.cancelCase, CancelCaseRequest);
export const mergeCases = verb(rpc.mergeCases, MergeCasesRequest);
export const splitCase = verb(rpc.splitCase, SplitCaseRequest);
export const listCases = ask(rpc.listCases, ListCasesRequest);
export const routeContact = ask(routingRpc.routeContact, RouteContactRequest);

const create = ask(rpc.createCase, CreateCaseRequest);
export const openCase = (user: TestUser, sent: object = {}, more: object = {}): Promise<Case> =>
  create(user, { case: { kind: 1, subject: "屏幕不亮", ...sent }, ...more });

const update = ask(rpc.updateCase, UpdateCaseRequest);
export const updateCase = ({ caseId, etag }: Case, user: TestUser, changes: object, updateMask?: string[]) =>
  update(user, { case: { caseId, ...changes }, updateMask, etag });

const makeQueue = ask(queueRpc.createQueue, CreateQueueRequest);
export const createQueue = (user: TestUser, queue: object) => makeQueue(user, { queue });
export const updateQueue = ask(queueRpc.updateQueue, UpdateQueueRequest);

const setPolicy = ask(routingRpc.updateRoutingPolicy, UpdateRoutingPolicyRequest);
export const writePolicy = (user: TestUser, routingPolicy: object, etag = "0") =>
  setPolicy(user, { routingPolicy, etag });

const makeProcess = ask(processRpc.createCaseProcess, CreateCaseProcessRequest);
export const createProcess = (user: TestUser, caseProcess: object) =>
  makeProcess(user, { caseProcess: { displayName: "So do we", ...caseProcess } });
export const updateProcess = ask(processRpc.updateCaseProcess, UpdateCaseProcessRequest);
