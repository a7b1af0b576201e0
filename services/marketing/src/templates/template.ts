// What a template may be, and how it changes.
import type { MessageTemplate, TemplateVariant } from "@guanxi/contract/guanxi/marketing/v1/message_template";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { checkSource, type Form } from "./liquid.ts";
import type { StoredVariant, TemplateState } from "./template-state.ts";

export const create = (sent: MessageTemplate, templateId: string, now: Date): TemplateState => ({
  templateId,
  name: sent.name,
  variants: variantsOf(sent),
  state: "ACTIVE",
  createTime: now,
  updateTime: now,
  version: 0,
});

export function change(before: TemplateState, sent: MessageTemplate, now: Date): TemplateState {
  if (before.state === "ARCHIVED")
    throw refuse("precondition", "TEMPLATE_ARCHIVED", "The template is archived: write another one.");
  return { ...before, name: sent.name, variants: variantsOf(sent), updateTime: now };
}

export const archive = (before: TemplateState, now: Date): TemplateState =>
  before.state === "ARCHIVED" ? before : { ...before, state: "ARCHIVED", updateTime: now };

export function variantsOf({ variants }: MessageTemplate): StoredVariant[] {
  const violations = variants.flatMap((variant, index) => [
    ...violationsOf(variant, `message_template.variants[${index}]`),
    ...twiceOf(variants, index),
  ]);
  if (violations.length > 0)
    throw refuse("invalid", "INVALID_REQUEST", "The template cannot be used.", violations);
  return variants.map(({ channel, language, subject, text, html }) => ({
    channel,
    language,
    subject,
    text,
    html,
  }));
}

function twiceOf(variants: readonly TemplateVariant[], index: number): Violation[] {
  const same = (one: TemplateVariant, other: TemplateVariant) =>
    one.channel === other.channel && one.language.toLowerCase() === other.language.toLowerCase();
  const first = variants.findIndex((each) => same(each, variants[index]!));
  if (first === index) return [];
  const description = "has the channel and the language of one before it";
  return [{ field: `message_template.variants[${index}]`, description, reason: "VARIANT_TWICE" }];
}

const FORMS = { subject: "text", text: "text", html: "html" } as const satisfies Record<string, Form>;

function violationsOf(variant: TemplateVariant, place: string): Violation[] {
  const parts = (["subject", "text", "html"] as const).map((part) => ({
    field: `${place}.${part}`,
    part,
    isThere: variant[part] !== "",
    checked: checkSource(variant[part], FORMS[part]),
  }));
  const broken = parts.flatMap(({ field, checked }) =>
    checked.problems.map((problem) => ({ field, ...problem })),
  );
  if (variant.channel !== "EMAIL" || broken.length > 0) return broken;
  const lacking = parts
    .filter(
      ({ part, isThere, checked }) => part !== "subject" && isThere && !checked.names.has("unsubscribe_url"),
    )
    .map(({ field }) => ({
      field,
      description: "does not say how to unsubscribe: write {{ unsubscribe_url }} in it",
      reason: "TEMPLATE_LACKS_UNSUBSCRIBE",
    }));
  return parts[0]!.isThere ? lacking : [...lacking, noSubject(place)];
}

const noSubject = (place: string): Violation => ({
  field: `${place}.subject`,
  description: "is needed for a mail",
  reason: "TEMPLATE_LACKS_SUBJECT",
});
