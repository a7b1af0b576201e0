import { FigureDimension as By } from "@guanxi/contract/guanxi/analytics/v1/figure";
import {
  InteractionFigureServiceService as Contacts,
  ListInteractionFactsRequest,
  QueryInteractionFiguresRequest,
} from "@guanxi/contract/guanxi/analytics/v1/interaction_figure_service";
import {
  ListAnswerFactsRequest,
  ListFeedbackFactsRequest,
  ListInvitationFactsRequest,
  QueryFeedbackFiguresRequest,
  QuerySatisfactionFiguresRequest,
  SatisfactionFigureServiceService as Service,
} from "@guanxi/contract/guanxi/analytics/v1/satisfaction_figure_service";
import { Feedback, Feedback_Source, Feedback_State } from "@guanxi/contract/guanxi/interaction/v1/feedback";
import { FeedbackChanged } from "@guanxi/contract/guanxi/interaction/v1/feedback_events";
import { Channel, Direction, Interaction } from "@guanxi/contract/guanxi/interaction/v1/interaction";
import { InteractionChanged } from "@guanxi/contract/guanxi/interaction/v1/interaction_events";
import {
  SurveyInvitation,
  SurveyInvitation_State as State,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation";
import {
  SurveyAnswered,
  SurveyAnswerRemoved,
} from "@guanxi/contract/guanxi/interaction/v1/survey_invitation_events";
import { SurveyQuestion_Kind as Kind } from "@guanxi/contract/guanxi/interaction/v1/survey_question";
import { dateOf } from "@guanxi/kit/days";
import type { TestUser } from "@guanxi/testkit/service";
import { startService } from "@guanxi/testkit/service";
import { startTeller } from "@guanxi/testkit/teller";
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { analytics } from "../src/app.ts";
import { at, shownOf, zone } from "./service-rig.ts";

const service = await startService(analytics);
const teller = await startTeller(service, "interaction");
afterAll(async () => {
  await teller.stop();
  await service.stop();
});

const satisfaction = (user: TestUser, request: object = {}) =>
  user.call(Service.querySatisfactionFigures, QuerySatisfactionFiguresRequest.fromPartial(request));

/** As many rows as are counted. */
async function countBehind(user: TestUser, method: string, filter: string): Promise<number> {
  const request = { filter, pageSize: 200 };
  const lists: Record<string, () => Promise<readonly unknown[]>> = {
    ListAnswerFacts: async () =>
      (await user.call(Service.listAnswerFacts, ListAnswerFactsRequest.fromPartial(request))).answerFacts,
    ListInvitationFacts: async () =>
      (await user.call(Service.listInvitationFacts, ListInvitationFactsRequest.fromPartial(request)))
        .invitationFacts,
    ListFeedbackFacts: async () =>
      (await user.call(Service.listFeedbackFacts, ListFeedbackFactsRequest.fromPartial(request)))
        .feedbackFacts,
    ListInteractionFacts: async () =>
      (await user.call(Contacts.listInteractionFacts, ListInteractionFactsRequest.fromPartial(request)))
        .interactionFacts,
  };
  return (await lists[method]!()).length;
}

type Answer = Awaited<ReturnType<typeof satisfaction>>;
async function provesItsRows(
  user: TestUser,
  { groups, definitions }: Pick<Answer, "groups" | "definitions">,
) {
  for (const { figures } of groups)
    for (const { figure, numerator, denominator, rowsFilter } of figures) {
      const { unit, rowsMethod } = definitions.find((each) => each.figure === figure)!;
      const rows = await countBehind(user, rowsMethod, rowsFilter);
      expect([figure, rows]).toEqual([figure, unit === "count" ? numerator : denominator]);
    }
}

interface Given {
  readonly kind: Kind;
  readonly score: number;
  readonly min: number;
  readonly max: number;
}

const invitation = (answers: readonly Given[], more: object = {}) => ({
  surveyName: "回访",
  state: State.ANSWERED,
  answerTime: at("2026-03-02T10:00:00"),
  answerDate: dateOf("2026-03-02"),
  answers: answers.map(({ kind, score, min, max }, place) => ({
    questionCode: `q${place}`,
    kind,
    score,
    scaleMin: min,
    scaleMax: max,
  })),
  ...more,
});

const tell = (tenantId: string, state: object, id: string = randomUUID()) =>
  teller.tell(tenantId, SurveyInvitation, SurveyAnswered, {
    id,
    state: { surveyInvitationId: id, ...state },
  });

const given = (kind: Kind, score: number, min: number, max: number): Given => ({ kind, score, min, max });

test("R146, R072 CSAT, NPS and both forms of CES match what was counted by hand, with n and response rate", async () => {
  const user = await service.user();
  const sent = (day: string) => ({ sendTime: at(`${day}T09:00:00`) });
  const silent = { state: State.SENT, answerDate: undefined, answerTime: undefined };
  for (const score of [10, 9, 8, 7, 6, 0])
    await tell(user.tenantId, invitation([given(Kind.NPS, score, 0, 10)], sent("2026-02-27")));
  for (const score of [5, 4, 3, 1]) await tell(user.tenantId, invitation([given(Kind.CSAT, score, 1, 5)]));
  for (const score of [7, 6, 2]) await tell(user.tenantId, invitation([given(Kind.CES, score, 1, 7)]));
  for (const score of [1, 4]) await tell(user.tenantId, invitation([given(Kind.CES_EFFORT, score, 1, 5)]));
  await tell(user.tenantId, invitation([given(Kind.CES, 10, 0, 10)]));
  await tell(user.tenantId, invitation([], { ...sent("2026-02-28"), ...silent }));
  await tell(user.tenantId, invitation([], { ...sent("2026-03-01"), ...silent, state: State.EXPIRED }));
  await tell(user.tenantId, invitation([], { ...silent, state: State.SUPPRESSED }));
  await teller.settled();

  const all = await satisfaction(user);
  expect(shownOf(all.groups[0])).toEqual({
    answers: [16, 1, 16],
    customer_satisfaction: [2, 4, 0.5],
    customer_satisfaction_mean: [13, 4, 3.25],
    net_promoter_score: [0, 6, 0], // 10 and 9 against 6 and 0
    customer_effort_score: [15, 3, 5],
    customer_effort_score_effort_form: [5, 2, 2.5],
    effort_scores_on_other_scales: [1, 1, 1],
    invited: [8, 1, 8],
    response_rate: [6, 8, 0.75],
  });
  await provesItsRows(user, all);
  // Answers by the day they were given, invitations by the day they were sent.
  const months = await satisfaction(user, { groupBy: [By.MONTH] });
  expect(
    months.groups.map(({ labels, figures }) => [...labels, figures.map(({ figure }) => figure)]),
  ).toEqual([
    ["2026-02", ["invited", "response_rate"]],
    ["2026-03", all.definitions.map(({ figure }) => figure)],
  ]);
  await provesItsRows(user, months);
});

const question = fc.constantFrom<Given>(
  given(Kind.NPS, 0, 0, 10),
  given(Kind.NPS, 0, 1, 10),
  given(Kind.CSAT, 0, 1, 5),
  given(Kind.CSAT, 0, 1, 10),
  given(Kind.SCORE, 0, 0, 100),
);
const anyAnswer = fc
  .tuple(question, fc.nat())
  .map(([one, number]) => ({ ...one, score: one.min + (number % (one.max - one.min + 1)) }));
const agents = [randomUUID(), randomUUID()];

test("R146 whatever is answered, figures are those of an oracle, by agent and by question", async () => {
  const user = await service.user();
  const asked = fc.record({
    answers: fc.array(anyAnswer, { maxLength: 3 }),
    agentId: fc.constantFrom(...agents),
    sent: fc.boolean(),
  });
  const all = fc.sample(asked, { numRuns: 80, seed: 7 });
  for (const { answers, agentId, sent } of all)
    await tell(
      user.tenantId,
      invitation(answers, { agentId, ...(sent && { sendTime: at("2026-03-01T09:00:00") }) }),
    );
  await teller.settled();
  const byAgent = await satisfaction(user, { groupBy: [By.AGENT] });
  expect(byAgent.groups).toHaveLength(2);
  for (const group of byAgent.groups) {
    const mine = all.filter(({ agentId }) => agentId === group.values[0]);
    const answers = mine.flatMap((one) => one.answers);
    const of = (kind: Kind) => answers.filter((one) => one.kind === kind);
    const top = (one: Given) => one.score >= one.max - 1;
    const lead =
      of(Kind.NPS).filter(top).length - of(Kind.NPS).filter((one) => one.score < one.max - 3).length;
    const sent = mine.filter((one) => one.sent).length;
    expect(shownOf(group)).toMatchObject({
      answers: [answers.length, 1, answers.length],
      customer_satisfaction: [of(Kind.CSAT).filter(top).length, of(Kind.CSAT).length, expect.any(Number)],
      net_promoter_score: [lead, of(Kind.NPS).length, expect.closeTo((100 * lead) / of(Kind.NPS).length, 9)],
      invited: [sent, 1, sent],
      response_rate: [sent, sent, 1],
    });
  }
  await provesItsRows(user, byAgent);
  const byQuestion = await satisfaction(user, { groupBy: [By.QUESTION] });
  for (const group of byQuestion.groups) {
    const place = Number(group.values[0]!.slice(1));
    const scores = all.flatMap(({ answers }) => answers[place]?.score ?? []);
    const sum = scores.reduce((a, b) => a + b, 0);
    expect(shownOf(group).mean_score).toEqual([sum, scores.length, sum / scores.length]);
  }
});

test("answers that are given, changed and taken back, made again by a rebuild", async () => {
  const user = await service.user();
  const [id, gone] = [randomUUID(), randomUUID()];
  const two = [given(Kind.CSAT, 5, 1, 5), given(Kind.NPS, 10, 0, 10)];
  await tell(user.tenantId, invitation(two), id);
  await tell(user.tenantId, invitation(two), gone);
  await tell(user.tenantId, invitation([given(Kind.CSAT, 1, 1, 5)]), id);
  await teller.remove(user.tenantId, SurveyInvitation, SurveyAnswerRemoved, gone);
  await teller.settled();
  expect(shownOf((await satisfaction(user)).groups[0])).toMatchObject({
    answers: [1, 1, 1],
    customer_satisfaction: [0, 1, 0],
    net_promoter_score: [0, 0, undefined],
  });
  const rows = async () => {
    const tables = ["invitation_facts", "answer_facts", "interaction_facts", "feedback_facts"];
    const ask = (table: string) =>
      service.admin.query(`select * from ${table} where tenant_id = $1 order by 2`, [user.tenantId]);
    const all = [];
    for (const table of tables) all.push((await ask(table)).rows);
    return all;
  };
  const before = await rows();
  await service.rebuild("interaction", user.tenantId, await teller.archive());
  expect(await rows()).toEqual(before);
});

test("R061, R074 how long customers wait, and how many contacts teach us something", async () => {
  const user = await service.user();
  const contact = (more: object) => {
    const id = randomUUID();
    const state = {
      interactionId: id,
      channel: Channel.EMAIL,
      direction: Direction.INBOUND,
      eventTime: at("2026-03-02T09:00:00"),
      eventDate: dateOf(zone(at("2026-03-02T09:00:00"))),
      ...more,
    };
    return teller.tell(user.tenantId, Interaction, InteractionChanged, { id, state });
  };
  const due = at("2026-03-02T10:00:00");
  const answered = (minutes: number) => ({
    reply: {
      dueTime: due,
      replyTime: new Date(at("2026-03-02T09:00:00").getTime() + minutes * 60_000),
      responseSeconds: BigInt(minutes * 60),
    },
  });
  await contact({ ...answered(10), outcome: 5, learned: { facts: ["likes tea"] } });
  await contact({ ...answered(60), outcome: 5, learned: { nothingNew: true } });
  await contact({ ...answered(90), outcome: 5 });
  await contact({ reply: { dueTime: due } });
  await contact({ channel: Channel.PHONE, durationSeconds: 300 });
  await teller.settled();
  const ask = async (request: object) =>
    user.call(Contacts.queryInteractionFigures, QueryInteractionFiguresRequest.fromPartial(request));
  const all = await ask({});
  expect(shownOf(all.groups[0])).toEqual({
    contacts: [5, 1, 5],
    replies_asked: [4, 1, 4],
    response_time_mean: [9600, 3, 3200],
    response_time_median: [9600, 3, 3600],
    response_time_p90: [9600, 3, 5040],
    reply_in_time_rate: [2, 4, 0.5],
    stated_learning_rate: [2, 3, 2 / 3],
    contacts_that_add_facts: [1, 2, 0.5],
    handling_time_mean: [300, 1, 300],
  });
  await provesItsRows(user, all);
  const early = await ask({ atTime: at("2026-03-02T09:30:00"), groupBy: [By.CHANNEL] });
  expect(
    early.groups.map(({ values, ...group }) => [...values, shownOf({ values, ...group }).reply_in_time_rate]),
  ).toEqual([
    ["EMAIL", [1, 1, 1]],
    ["PHONE", [0, 0, undefined]],
  ]);
  await provesItsRows(user, early);
});

test("R070 every feedback has a word of ours or stands open", async () => {
  const user = await service.user();
  const feedback = (state: Feedback_State, more: object = {}) => {
    const id = randomUUID();
    const eventTime = at("2026-03-02T09:00:00");
    const about = { source: Feedback_Source.EMAIL, eventTime, eventDate: dateOf("2026-03-02") };
    return teller.tell(user.tenantId, Feedback, FeedbackChanged, {
      id,
      state: { feedbackId: id, state, deadlineTime: at("2026-03-05T09:00:00"), ...about, ...more },
    });
  };
  await feedback(Feedback_State.NEW);
  await feedback(Feedback_State.CLOSED, {
    responseTime: at("2026-03-02T09:10:00"),
    resolveTime: at("2026-03-03T09:00:00"),
    closeTime: at("2026-03-03T10:00:00"),
  });
  await feedback(Feedback_State.RESOLVED, { resolveTime: at("2026-03-06T09:00:00") });
  await feedback(Feedback_State.SPAM);
  await teller.settled();
  const request = QueryFeedbackFiguresRequest.fromPartial({ atTime: at("2026-03-05T09:00:00") });
  const all = await user.call(Service.queryFeedbackFigures, request);
  expect(shownOf(all.groups[0])).toMatchObject({
    feedback: [3, 1, 3],
    open_feedback: [1, 1, 1],
    feedback_response_rate: [1, 3, 1 / 3],
    feedback_accounted_for: [2, 3, 2 / 3], // one was resolved without a word
    feedback_in_time_rate: [1, 3, 1 / 3],
    closed_loop_rate: [1, 3, 1 / 3],
    feedback_response_time_mean: [600, 1, 600],
  });
  await provesItsRows(user, all);
});
