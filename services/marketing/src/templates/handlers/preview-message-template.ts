import { MessageTemplate } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import type {
  PreviewMessageTemplateRequest,
  PreviewMessageTemplateResponse,
} from "@guanxi/contract/guanxi/marketing/v1/message_template_service";
import type { At } from "@guanxi/kit/at";
import { query } from "@guanxi/kit/handler";
import { refuse } from "@guanxi/kit/refuse";
import { PREVIEW_LINKS } from "../../tracking/links.ts";
import { customersOf } from "../../projections/customers.ts";
import { isRendered, type NotRendered, type Rendered, render, type Spoken } from "../render.ts";
import { variantsOf } from "../template.ts";

/** Nobody: as much is known of them as of a customer of whom all is known. */
const SAMPLE: Spoken = {
  displayName: "王小明 (Sample)",
  language: "",
  kind: "PERSON",
  profile: {
    legalName: "王小明",
    industry: "Trade",
    regionCode: "CN",
    city: "上海",
    grade: "A",
    lifecycleStage: "GROWTH",
    tags: ["sample"],
    topics: ["news"],
    custom: {},
  },
};

export const previewMessageTemplate = query<PreviewMessageTemplateRequest, PreviewMessageTemplateResponse>(
  async ({ template, campaignName, languageCode, customerId }, at) => {
    const variants = variantsOf(MessageTemplate.fromPartial(template ?? {}));
    const spoken = customerId ? await spokenOf(at, customerId.toLowerCase()) : SAMPLE;
    const customer = { ...spoken, language: languageCode || spoken.language };
    const campaign = { name: campaignName || "Sample" };
    const channels = [...new Set(variants.map(({ channel }) => channel))];
    const to = { customer, campaign, ownerName: "林晓", segmentOffer: "", links: PREVIEW_LINKS };
    return { messages: channels.map((channel) => shown(render({ variants }, { ...to, channel }))) };
  },
);

/** A template says all of them: the rights on templates are none on customers. */
async function spokenOf(at: At, customerId: string): Promise<Spoken> {
  const customer = (await customersOf(at, [customerId])).get(customerId);
  for (const action of ["read", "read_personal"])
    if (!at.may("customer", action))
      throw refuse("forbidden", "PERMISSION_DENIED", `This needs the right customer:${action}.`);
  if (!customer) throw refuse("notFound", "NOT_FOUND", `There is no ${customerId} here.`);
  return { ...customer, kind: customer.kind ?? "" };
}

function shown(said: Rendered | NotRendered) {
  if (!isRendered(said))
    throw refuse("precondition", said.reason, `The template cannot be shown: ${said.detail}`);
  const { channel, language, subject, text, html } = said;
  return { channel, language, subject, text, html };
}
