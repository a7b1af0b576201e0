// What surveys are asked after. It is only noted where it happens; the job of the occasion asks.
import type { DueJob, Job } from "@guanxi/bus/app";
import { enqueue } from "@guanxi/bus/enqueue";
import { on } from "@guanxi/bus/reaction";
import { CaseClosed } from "@guanxi/contract/guanxi/service_desk/v1/case_events";
import type { At } from "@guanxi/kit/at";
import { named } from "@guanxi/kit/store";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { archivedOf } from "../projections/customers.ts";
import { surveyUrlOf } from "../surveys/settings.ts";
import type { SurveyState } from "../surveys/survey-state.ts";
import { activeSurveys } from "../surveys/surveys.ts";
import { askAll } from "./ask.ts";
import { NO_SUBJECT } from "./invitation.ts";
import type { Subject } from "./invitation-state.ts";

const SURVEY_OCCASION = "survey occasion";

interface Occasion extends Subject {
  /** The case or the interaction. */
  readonly occasionId: string;
  readonly trigger: SurveyState["trigger"];
  readonly customerId: string;
}

/** A case that is opened again and closed again is the same occasion. */
export const askAfterCase = on(CaseClosed, async ({ case: closed }, at) => {
  if (!closed?.customerId) return;
  const { caseId, customerId, contactId, productId, assigneeId } = closed;
  await note(at, {
    ...NO_SUBJECT,
    ...{ occasionId: caseId, trigger: "AFTER_CASE_CLOSED", customerId, caseId },
    contactId: contactId || null,
    productId: productId || null,
    agentId: assigneeId || null,
  });
});

/** For whoever records that a contact is concluded. What a machine said is no contact to be judged. */
export async function askAfterInteraction(at: At, contact: InteractionState): Promise<void> {
  const { interactionId, customerId, contactId, caseId, userId } = contact;
  if (!customerId || contact.automatic || contact.direction === "INTERNAL") return;
  await note(at, {
    ...NO_SUBJECT,
    ...{ occasionId: interactionId, trigger: "AFTER_INTERACTION", customerId, interactionId },
    ...{ contactId, caseId, agentId: userId },
  });
}

async function note(at: At, occasion: Occasion): Promise<void> {
  if ((await activeSurveys(at, occasion.trigger)).length === 0) return;
  const { occasionId, trigger, customerId, contactId, caseId, interactionId, productId, agentId } = occasion;
  at.tell({
    name: "survey occasions note",
    text: `insert into survey_occasions
        (occasion_id, trigger, customer_id, contact_id, case_id, interaction_id, product_id, agent_id)
      select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[])
      on conflict (tenant_id, occasion_id) do nothing`,
    values: [
      [occasionId],
      [trigger],
      [customerId],
      [contactId],
      [caseId],
      [interactionId],
      [productId],
      [agentId],
    ],
    rows: true,
  });
  enqueue(at, SURVEY_OCCASION, occasionId);
}

export const surveyOccasionJob: Job = {
  name: SURVEY_OCCASION,
  async run({ tenantId, subjectId }: DueJob, { settings, settingsOf, act }) {
    const { timeZone, currencyCode } = await settingsOf(tenantId);
    const surveyUrl = surveyUrlOf(settings);
    await act({ tenantId, timeZone, currencyCode, actor: "interaction/surveys" }, (at) =>
      askAbout(at, subjectId, surveyUrl),
    );
  },
};

/** The row goes in the transaction that asks, so that nobody asks again after a kill, and nobody is forgotten. */
async function askAbout(at: At, occasionId: string, surveyUrl: string | undefined): Promise<void> {
  const [occasion] = await takeOccasion(at, occasionId);
  if (!occasion || (await archivedOf(at, [occasion.customerId])).size > 0) return;
  const { trigger, ...asked } = occasion;
  // One after the other: who has been asked by the first is not asked by the second.
  for (const survey of await activeSurveys(at, trigger))
    await askAll(
      at,
      survey,
      [{ ...asked, occasionKey: `${trigger.toLowerCase()}/${occasionId}` }],
      surveyUrl,
    );
}

const takeOccasion = (at: At, occasionId: string): Promise<Occasion[]> =>
  named<Occasion>(at, {
    name: "survey occasions take",
    text: `delete from survey_occasions where occasion_id = $1
      returning occasion_id as "occasionId", trigger, customer_id as "customerId", contact_id as "contactId",
        case_id as "caseId", interaction_id as "interactionId", product_id as "productId", agent_id as "agentId"`,
    values: [occasionId],
  });
