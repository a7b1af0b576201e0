// A row of a file as a contact.
import {
  type Affiliation,
  Affiliation_Role as Role,
  Affiliation_Seniority as Seniority,
  Contact,
} from "@guanxi/contract/guanxi/customer/v1/contact";
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import { refuse } from "@guanxi/kit/refuse";
import { type NameOf, numberOf } from "@guanxi/kit/enum-names";
import { personName, withExternalId, textOf, textsOf, type Values } from "./cells.ts";
import { pointsOf } from "./points.ts";

export interface Row {
  readonly values: Values;
  readonly mapped: ReadonlySet<string>;
  /** In the system that the file comes from; undefined for a row that has none. */
  readonly externalId: ExternalId | undefined;
  /** The organisation that the row names. */
  readonly customerId: string | undefined;
  /** Where phone numbers without + belong. */
  readonly country: string | undefined;
}

export interface Sent {
  readonly contact: Contact;
  readonly places: ReadonlyMap<string, string>;
}

/** Address books hold extensions and remarks beside phone numbers: nobody is lost for them, they stay as text. */
export function contactOf(row: Row, before: Contact | undefined): Sent {
  const { values, mapped, country } = row;
  const base = before ?? Contact.fromPartial({});
  const { points, fields } = pointsOf(values, { mapped, before: base.contactPoints, lenient: { country } });
  const contact = {
    ...base,
    displayName: nameOf(row, before),
    contactPoints: points,
    affiliations: affiliationsOf(row, base),
    externalIds: withExternalId(base.externalIds, row.externalId),
  };
  return {
    contact,
    places: new Map(fields.map((field, index) => [`contact_points[${index}]`, field ?? ""])),
  };
}

const NAMES = ["display_name", "first_name", "middle_name", "last_name", "nickname"];

function nameOf({ values, mapped }: Row, before: Contact | undefined): string {
  if (before && !NAMES.some((name) => mapped.has(name))) return before.displayName;
  const reached = [...mapped]
    .filter((field) => /^(email|phone)/.test(field))
    .flatMap((field) => textsOf(values, field));
  const names = [textOf(values, "display_name"), personName(values), textOf(values, "nickname"), ...reached];
  const name = names.find((each) => each.trim() !== "");
  if (name !== undefined) return name;
  throw refuse(
    "invalid",
    "MISSING_VALUE",
    "The row names nobody: it needs a name, or an e-mail address or a phone number.",
  );
}

/** At the organisation that the row names; what the person was elsewhere stays, since no file says that they have left. */
function affiliationsOf(row: Row, { affiliations }: Contact): Affiliation[] {
  const { customerId } = row;
  if (customerId === undefined) return affiliations;
  const isThere = (each: Affiliation) => each.customerId === customerId && each.endDate === undefined;
  if (!affiliations.some(isThere)) return [...affiliations, described({ customerId, ...NOTHING }, row)];
  return affiliations.map((each) => (isThere(each) ? described(each, row) : each));
}

const NOTHING = {
  role: Role.OTHER,
  title: "",
  department: "",
  seniority: Seniority.UNSPECIFIED,
  influence: 0,
  startDate: undefined,
  endDate: undefined,
} as const;

function described(affiliation: Affiliation, { values, mapped }: Row): Affiliation {
  const role = textOf(values, "buying_role") as NameOf<typeof Role> | "";
  const seniority = textOf(values, "seniority") as NameOf<typeof Seniority> | "";
  return {
    ...affiliation,
    ...(role && { role: numberOf(Role, role) }),
    ...(mapped.has("job_title") && { title: textOf(values, "job_title") }),
    ...(mapped.has("department") && { department: textOf(values, "department") }),
    ...(mapped.has("seniority") && { seniority: numberOf(Seniority, seniority || null) }),
  };
}
