// What a template says to one customer.
import type { Links } from "../tracking/links.ts";
import { renderSource } from "./liquid.ts";
import { rewriteHtml, rewriteText, withoutMarks } from "./rewrite.ts";
import type { StoredVariant, TemplateState } from "./template-state.ts";

/** Whom a template speaks to, and of what. */
export interface Addressed {
  readonly customer: Spoken;
  readonly campaign: { readonly name: string };
  /** Who looks after the customer; empty for nobody. */
  readonly ownerName: string;
  /** What the segment with the highest rank says is to be offered; empty for nothing. */
  readonly segmentOffer: string;
  /** EMAIL, SMS or WECHAT. */
  readonly channel: string;
  readonly links: Links;
}

/** What is known of the customer. */
export interface Spoken {
  readonly displayName: string;
  /** BCP 47; empty where it is not known. */
  readonly language: string;
  /** PERSON or ORGANISATION. */
  readonly kind: string;
  readonly profile: {
    readonly legalName: string;
    readonly industry: string;
    readonly regionCode: string;
    readonly city: string;
    readonly grade: string | null;
    readonly lifecycleStage: string | null;
    readonly tags: readonly string[];
    readonly topics: readonly string[];
    readonly custom: Readonly<Record<string, unknown>>;
  };
}

export interface Rendered {
  readonly channel: string;
  readonly language: string;
  readonly subject: string;
  readonly text: string;
  /** Empty where the template has none. */
  readonly html: string;
  readonly unsubscribeUrl: string;
}

/** Nothing may be sent; the reason says why, as in NOT_RENDERED. */
export interface NotRendered {
  readonly reason: "NO_VARIANT" | "NOT_RENDERED" | "NO_UNSUBSCRIBE";
  readonly detail: string;
}

export const isRendered = (it: Rendered | NotRendered): it is Rendered => "text" in it;

export function render(template: Pick<TemplateState, "variants">, to: Addressed): Rendered | NotRendered {
  const variant = variantFor(template.variants, to.channel, to.customer.language);
  if (!variant) return { reason: "NO_VARIANT", detail: `The template says nothing by ${to.channel}.` };
  try {
    return finished(variant, to);
  } catch (error) {
    return { reason: "NOT_RENDERED", detail: (error as Error).message.slice(0, 500) };
  }
}

function finished(variant: StoredVariant, to: Addressed): Rendered | NotRendered {
  const { channel, language } = variant;
  const scope = scopeOf(to);
  const heading = renderSource(variant.subject, "text", scope);
  const subject = withoutMarks(heading, heading.text).replaceAll(/\s+/g, " ").trim();
  const text = renderSource(variant.text, "text", scope);
  const html = renderSource(variant.html, "html", scope);
  const { unsubscribe } = to.links;
  // A condition of the template may have left it out.
  const isMissing =
    channel === "EMAIL" &&
    [text, ...(html.text ? [html] : [])].some((part) => !part.text.includes(unsubscribe));
  if (isMissing)
    return {
      reason: "NO_UNSUBSCRIBE",
      detail: "The message does not say how to unsubscribe: see the conditions of the template.",
    };
  return {
    channel,
    language,
    subject,
    text: rewriteText(text, to.links),
    html: html.text && rewriteHtml(html, to.links),
    unsubscribeUrl: unsubscribe,
  };
}

/** The customer's language, then the same language of anywhere, then one for any, then the first. */
export function variantFor(
  variants: readonly StoredVariant[],
  channel: string,
  language: string,
): StoredVariant | undefined {
  const fitting = variants.filter((variant) => variant.channel === channel);
  const wanted = language.toLowerCase();
  const base = (tag: string) => tag.toLowerCase().split("-")[0]!;
  return (
    fitting.find((variant) => variant.language.toLowerCase() === wanted) ??
    fitting.find((variant) => wanted !== "" && base(variant.language) === base(wanted)) ??
    fitting.find((variant) => variant.language === "") ??
    fitting[0]
  );
}

/** Under the names that templates use. What is not known is empty; only custom fields may be missing. */
function scopeOf({ customer, campaign, ownerName, segmentOffer, links }: Addressed) {
  const { profile } = customer;
  return {
    customer: {
      display_name: customer.displayName,
      legal_name: profile.legalName,
      kind: customer.kind,
      industry: profile.industry,
      region_code: profile.regionCode,
      city: profile.city,
      language: customer.language,
      grade: profile.grade ?? "",
      lifecycle_stage: profile.lifecycleStage ?? "",
      tags: [...profile.tags],
      topics: [...profile.topics],
      custom: { ...profile.custom },
    },
    campaign: { name: campaign.name },
    owner: { display_name: ownerName },
    segment_offer: segmentOffer,
    unsubscribe_url: links.unsubscribe,
  };
}
