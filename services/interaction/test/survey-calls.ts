// What the tests ask of surveys, invitations and feedback, in a few words each.
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Channel, Consent_State, ContactPoint_Kind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer, Customer_State, Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { CustomerRegistered } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { Feedback } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import {
  CreateFeedbackRequest,
  FeedbackServiceService as feedbackRpc,
  GetFeedbackPolicyRequest,
  GetFeedbackRequest,
  ListFeedbackRequest,
  UpdateFeedbackPolicyRequest,
  UpdateFeedbackRequest,
} from "@guanxi/contract/guanxi/interaction/v1/feedback_service";
import { type Survey, Survey_Trigger } from "@guanxi/contract/guanxi/interaction/v1/survey";
import {
  AnswerSurveyRequest,
  GetSurveyFormRequest,
  InviteToSurveyRequest,
  ListSurveyInvitationsRequest,
  SubmitSurveyFormRequest,
  SurveyInvitationServiceService as invitationRpc,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_service";
import { SurveyQuestion_Kind as Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import {
  ActivateSurveyRequest,
  CreateSurveyRequest,
  SurveyServiceService as surveyRpc,
  UpdateSurveyRequest,
} from "@guanxi/contract/guanxi/interaction/v1/survey_service";
import type { startService, TestUser } from "@guanxi/testkit/service";
import type { startTeller } from "@guanxi/testkit/teller";

export { feedbackRpc, invitationRpc, surveyRpc };

type Service = Awaited<ReturnType<typeof startService>>;

export const RECOMMEND = { code: "recommend", kind: Kind.NPS, text: "您会推荐我们吗?", required: true };
export const WHY = { code: "why", kind: Kind.TEXT, text: "为什么?" };

let surveyNumber = 0;

export const createSurvey = (user: TestUser, survey: object = {}): Promise<Survey> =>
  user.call(
    surveyRpc.createSurvey,
    CreateSurveyRequest.fromPartial({
      survey: {
        displayName: `满意度 ${++surveyNumber}`,
        questions: [RECOMMEND, WHY],
        trigger: Survey_Trigger.MANUAL,
        ...survey,
      },
    }),
  );

export async function activeSurvey(user: TestUser, survey: object = {}): Promise<Survey> {
  const { surveyId } = await createSurvey(user, survey);
  return user.call(surveyRpc.activateSurvey, ActivateSurveyRequest.fromPartial({ surveyId }));
}

/** Without it a zero would be as good as nothing. */
const masked = (sent: object) =>
  Object.keys(sent).map((key) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

export const updateSurvey = (user: TestUser, before: Survey, survey: object) =>
  user.call(
    surveyRpc.updateSurvey,
    UpdateSurveyRequest.fromPartial({
      survey: { ...survey, surveyId: before.surveyId },
      updateMask: masked(survey),
      etag: before.etag,
    }),
  );

export const invite = (user: TestUser, surveyId: string, customerIds: string[], occasion = "fair") =>
  user.call(
    invitationRpc.inviteToSurvey,
    InviteToSurveyRequest.fromPartial({ surveyId, customerIds, occasion }),
  );

export const listInvitations = async (user: TestUser, filter = "") =>
  (await user.call(invitationRpc.listSurveyInvitations, ListSurveyInvitationsRequest.fromPartial({ filter })))
    .surveyInvitations;

export const answer = (user: TestUser, surveyInvitationId: string, score: number, text = "") =>
  user.call(
    invitationRpc.answerSurvey,
    AnswerSurveyRequest.fromPartial({ surveyInvitationId, answers: answersOf(score, text) }),
  );

const answersOf = (score: number, text: string) => [
  { questionCode: "recommend", score },
  ...(text ? [{ questionCode: "why", text }] : []),
];

/** As somebody without a token of ours. */
export const formOf = (service: Service, token: string, languageCode = "") =>
  service.call(invitationRpc.getSurveyForm, GetSurveyFormRequest.fromPartial({ token, languageCode }));

export const submit = (service: Service, token: string, score: number, text = "") =>
  service.call(
    invitationRpc.submitSurveyForm,
    SubmitSurveyFormRequest.fromPartial({ token, answers: answersOf(score, text) }),
  );

export const createFeedback = (user: TestUser, feedback: object): Promise<Feedback> =>
  user.call(feedbackRpc.createFeedback, CreateFeedbackRequest.fromPartial({ feedback }));

export const getFeedback = (user: TestUser, feedbackId: string) =>
  user.call(feedbackRpc.getFeedback, GetFeedbackRequest.fromPartial({ feedbackId }));

export const listFeedback = async (user: TestUser, request: object = {}) =>
  (await user.call(feedbackRpc.listFeedback, ListFeedbackRequest.fromPartial(request))).feedback;

export const updateFeedback = (user: TestUser, before: Feedback, feedback: object) =>
  user.call(
    feedbackRpc.updateFeedback,
    UpdateFeedbackRequest.fromPartial({
      feedback: { ...feedback, feedbackId: before.feedbackId },
      etag: before.etag,
    }),
  );

export async function setPolicy(user: TestUser, feedbackPolicy: object) {
  const { etag } = await user.call(feedbackRpc.getFeedbackPolicy, GetFeedbackPolicyRequest.fromPartial({}));
  return user.call(
    feedbackRpc.updateFeedbackPolicy,
    UpdateFeedbackPolicyRequest.fromPartial({ feedbackPolicy, updateMask: masked(feedbackPolicy), etag }),
  );
}

interface Known {
  readonly displayName?: string;
  readonly ownerId?: string;
  /** None known where it is false. */
  readonly email?: boolean;
  readonly withdrawn?: boolean;
  readonly archived?: boolean;
}

/** A customer of grade A that has an address and has not refused to be asked, unless said otherwise. */
export async function tellCustomer(
  teller: Awaited<ReturnType<typeof startTeller>>,
  tenantId: string,
  { displayName = "晨光", ownerId = "", email = true, withdrawn = false, archived = false }: Known = {},
): Promise<string> {
  const customerId = randomUUID();
  const value = `${customerId}@example.com`;
  const state = {
    customerId,
    displayName,
    ownerId,
    grade: Grade.A,
    state: archived ? Customer_State.ARCHIVED : Customer_State.ACTIVE,
    contactPoints: email ? [{ kind: ContactPoint_Kind.EMAIL, value, normalised: value, primary: true }] : [],
    consents: withdrawn
      ? [{ channel: Channel.EMAIL, purpose: "survey", state: Consent_State.WITHDRAWN }]
      : [],
  };
  await teller.tell(tenantId, Customer, CustomerRegistered, {
    id: customerId,
    customerId,
    state: Customer.fromPartial(state),
  });
  return customerId;
}

/** The token behind the link of the newest mail to a customer. */
export async function tokenOf({ admin }: Service, customerId: string): Promise<string> {
  const { rows } = await admin.query(
    "select body from interactions where customer_id = $1 and direction = 'OUTBOUND' order by create_time desc limit 1",
    [customerId],
  );
  return /surveyAnswers\/(\S+)/.exec((rows[0] as { body: string }).body)![1]!;
}

/** What is due is done. */
export async function jobsDone({ admin }: Service, tenantId: string): Promise<void> {
  const due = "select 1 from jobs where tenant_id = $1 and due_time <= now() limit 1";
  while ((await admin.query(due, [tenantId])).rowCount) await pause(20);
}

/** The clock jumps: jobs of a name are due now. */
export const makeDue = ({ admin }: Service, tenantId: string, name: string) =>
  admin.query("update jobs set due_time = now() where tenant_id = $1 and name = $2", [tenantId, name]);

export const tasksOf = async ({ admin }: Service, tenantId: string) =>
  (
    await admin.query(
      `select kind, assignee_id as "assigneeId", customer_id as "customerId", feedback_id as "feedbackId", importance
        from tasks where tenant_id = $1 order by create_time`,
      [tenantId],
    )
  ).rows as Record<string, unknown>[];
