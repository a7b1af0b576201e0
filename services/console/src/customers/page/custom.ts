// The tenant's own fields of a customer, in the reader's language.
import type { FieldDefinition } from "@guanxi/client/gen/guanxi";
import type { Language } from "../../text/language.ts";

type Labels = Readonly<Record<string, string>>;

/** The reader's language, else any that there is, else the name by which programs know it. */
const inLanguage = (labels: Labels, language: Language): string | undefined =>
  Object.entries(labels).find(([tag]) => tag.toLowerCase().startsWith(language))?.[1] ??
  Object.values(labels)[0];

export const labelOf = (
  { labels, key }: Pick<FieldDefinition, "labels" | "key">,
  language: Language,
): string => inLanguage(labels, language) ?? key;

export const optionsOf = ({ options }: Pick<FieldDefinition, "options">, language: Language) =>
  options.map(({ value, labels }) => ({ value, label: inLanguage(labels, language) ?? value }));

export function customText(
  field: Pick<FieldDefinition, "type" | "options">,
  value: unknown,
  language: Language,
  [yes, no]: readonly [string, string],
): string {
  if (field.type === "TYPE_BOOL" && typeof value === "boolean") return value ? yes : no;
  if (field.type === "TYPE_ENUM")
    return optionsOf(field, language).find((each) => each.value === value)?.label ?? String(value);
  return String(value);
}
