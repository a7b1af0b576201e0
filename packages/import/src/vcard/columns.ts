import type { Property } from "./property.ts";

// The columns of cards, named as Google names those of its contacts, so that one mapping does for both.

const ADDRESS = ["PO Box", "Extended Address", "Street", "City", "Region", "Postal Code", "Country"];

/** Columns of properties that a card has once; of an N and an ORG one for each part. */
const SINGLE: Readonly<Record<string, readonly string[]>> = {
  FN: ["Name"],
  N: ["Family Name", "Given Name", "Additional Name", "Name Prefix", "Name Suffix"],
  NICKNAME: ["Nickname"],
  ORG: ["Organization Name", "Organization Department"],
  TITLE: ["Organization Title"],
  ROLE: ["Role"],
  BDAY: ["Birthday"],
  ANNIVERSARY: ["Anniversary"],
  GENDER: ["Gender"],
  CATEGORIES: ["Group Membership"],
  NOTE: ["Notes"],
  UID: ["UID"],
  REV: ["Revision"],
};

/** Properties of which a card may have several, and columns for so many; more of them go to "Other". */
const REPEATED: Readonly<
  Record<string, { readonly label: string; readonly most: number; readonly parts: readonly string[] }>
> = {
  EMAIL: { label: "E-mail", most: 10, parts: ["Value"] },
  TEL: { label: "Phone", most: 15, parts: ["Value"] },
  ADR: { label: "Address", most: 6, parts: ADDRESS },
  URL: { label: "Website", most: 6, parts: ["Value"] },
  IMPP: { label: "IM", most: 6, parts: ["Value"] },
};

/** What has no column of its own, a line for each: nothing but pictures, sounds and keys is left out. */
const OTHER = "Other";
const SKIPPED = new Set(["BEGIN", "END", "VERSION", "PRODID", "PHOTO", "LOGO", "SOUND", "KEY", "X-ABLABEL"]);

export const CARD_COLUMNS: readonly string[] = [
  ...Object.values(SINGLE).flat(),
  ...Object.values(REPEATED).flatMap(({ label, most, parts }) =>
    Array.from({ length: most }, (_, index) =>
      ["Type", ...parts].map((part) => `${label} ${index + 1} - ${part}`),
    ).flat(),
  ),
  OTHER,
];

const PLACE = new Map(CARD_COLUMNS.map((column, index) => [column, index]));

/** A card as a row under these columns. */
export function cardValues(properties: readonly Property[]): string[] {
  const values = Array<string>(CARD_COLUMNS.length).fill("");
  const labels = new Map(
    properties.filter(isLabel).map(({ group, parts }) => [group, labelText(parts[0] ?? "")]),
  );
  const counts = new Map<string, number>();
  const other: string[] = [];
  for (const property of preferredFirst(properties)) {
    if (SKIPPED.has(property.name)) continue;
    const count = (counts.get(property.name) ?? 0) + 1;
    counts.set(property.name, count);
    const label = labels.get(property.group);
    const columns = columnsOf(property, count, label);
    if (!columns) other.push(otherLine(property, label));
    else for (const [column, value] of columns) values[PLACE.get(column) ?? 0] = value;
  }
  values[values.length - 1] = other.join("\n");
  return values;
}

const isLabel = ({ name }: Property) => name === "X-ABLABEL";

/** Apple writes its own labels as _$!<HomePage>!$_ */
const labelText = (text: string) => text.replace(/^_\$!<(.*)>!\$_$/, "$1");

const isPreferred = ({ types }: Property) => types.includes("pref");

const preferredFirst = (properties: readonly Property[]) => [
  ...properties.filter(isPreferred),
  ...properties.filter((property) => !isPreferred(property)),
];

/** Undefined: there is none left. */
function columnsOf(
  { name, types, parts }: Property,
  count: number,
  label: string | undefined,
): (readonly [string, string])[] | undefined {
  const single = SINGLE[name];
  if (single && count === 1) {
    return single.map((column, index) => [column, partText(parts, index, single.length)] as const);
  }
  const repeated = REPEATED[name];
  if (!repeated || count > repeated.most) return undefined;
  const column = (part: string) => `${repeated.label} ${count} - ${part}`;
  return [
    [column("Type"), typeText(types, label)],
    ...repeated.parts.map((part, index) => [column(part), withoutScheme(parts[index] ?? "")] as const),
  ];
}

/** Departments of departments go with the last column. */
const partText = (parts: readonly string[], index: number, columns: number) =>
  index === columns - 1 ? parts.slice(index).filter(Boolean).join(", ") : (parts[index] ?? "");

const typeText = (types: readonly string[], label: string | undefined) =>
  label ?? types.filter((type) => type !== "pref" && type !== "internet").join(", ");

const withoutScheme = (text: string) => text.replace(/^(tel|mailto):/i, "");

const otherLine = ({ name, types, parts }: Property, label: string | undefined) => {
  const type = typeText(types, label);
  return `${name}${type === "" ? "" : ` (${type})`}: ${parts.join(";")}`;
};
