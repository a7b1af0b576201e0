// A row of a file as a customer.
import { Channel } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import {
  Customer,
  Customer_Kind as Kind,
  type ExternalId,
  PartyRole,
  Source_Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import type { DateMessage } from "@guanxi/contract/google/type/date";
import { dateOf } from "@guanxi/kit/days";
import { numberOf as enumNumber } from "@guanxi/kit/enum-names";
import { decimalOf } from "@guanxi/kit/micros";
import { refuse } from "@guanxi/kit/refuse";
import type { CustomerState } from "../customers/customer-state.ts";
import { addressesOf, hasAddress } from "./addresses.ts";
import {
  LIST,
  numberOf,
  partsOf,
  personName,
  textOf,
  textsOf,
  type Values,
  withExternalId,
} from "./cells.ts";
import { pointsOf } from "./points.ts";
import { CHANNELS, KINDS, meant, ROLES, SOURCES } from "./words.ts";

export interface Row {
  readonly values: Values;
  /** Fields that have a column. */
  readonly mapped: ReadonlySet<string>;
  /** In the system that the file comes from; undefined for a row that has none. */
  readonly externalId: ExternalId | undefined;
}

export interface Sent {
  readonly customer: Customer;
  /** Which field a part of the message comes from, where it is not called so: customer.addresses[0] -> address. */
  readonly places: ReadonlyMap<string, string>;
}

const NAMES = ["display_name", "first_name", "middle_name", "last_name", "company"];

/** The particulars that the row says, on those of `before`; what has a verb of its own is not among them. */
export function customerOf(row: Row, before: Customer | undefined): Sent {
  const { values, mapped } = row;
  const base = before ?? Customer.fromPartial({});
  const kind = kindOf(row, before);
  const { points, fields } = pointsOf(values, { mapped, before: base.contactPoints });
  const addresses = hasAddress(mapped) ? addressesOf(values) : undefined;
  const customer: Customer = {
    ...base,
    kind,
    displayName: nameOf(row, before),
    ...texts(row),
    contactPoints: points,
    addresses: addresses ? atCompany(values, kind, addresses) : base.addresses,
    ...birthOf(row),
    ...(mapped.has("party_roles") && { partyRoles: rolesOf(values) }),
    externalIds: withExternalId(base.externalIds, row.externalId),
    ...(!before && { source: sourceOf(values) }),
    preferences: preferencesOf(row, base),
    ...(mapped.has("tags") && {
      tags: partsOf(textOf(values, "tags"), LIST).map((tag) => tag.replace(/^\* /, "")),
    }),
    custom: { ...base.custom, ...customOf(row) },
  };
  const places = new Map([
    ...fields.map((field, index) => [`contact_points[${index}]`, field ?? ""] as const),
    ...(addresses ?? []).map(({ name }, index) => [`addresses[${index}]`, `${name}.street`] as const),
  ]);
  return { customer, places };
}

function kindOf({ values }: Row, before: Customer | undefined): Kind {
  const said = meant(KINDS, textOf(values, "kind"));
  const kind = said && Kind[said];
  if (before) {
    if (kind === undefined || kind === before.kind) return before.kind;
    throw invalid("kind", "never changes: take the row out, or make another customer of it");
  }
  return kind ?? (personName(values) === "" ? Kind.ORGANISATION : Kind.PERSON);
}

/** What nobody has named is called by what it is reached by. */
function nameOf({ values, mapped }: Row, before: Customer | undefined): string {
  if (before && !NAMES.some((name) => mapped.has(name))) return before.displayName;
  const [email = ""] = ["email", "email.work", "email.home"].flatMap((field) => textsOf(values, field));
  const [phone = ""] = ["phone.mobile", "phone", "phone.work"].flatMap((field) => textsOf(values, field));
  const name = [
    textOf(values, "display_name"),
    personName(values),
    textOf(values, "company"),
    email,
    phone,
  ].find((each) => each.trim() !== "");
  if (name !== undefined) return name;
  throw refuse(
    "invalid",
    "MISSING_VALUE",
    "The row names nobody: it needs a name, or an e-mail address or a phone number.",
  );
}

const TEXTS = { legal_name: "legalName", credit_code: "creditCode", industry: "industry" } as const;

const texts = ({ values, mapped }: Row) =>
  Object.fromEntries(
    Object.entries(TEXTS)
      .filter(([field]) => mapped.has(field))
      .map(([field, key]) => [
        key,
        field === "credit_code" ? textOf(values, field).trim().toUpperCase() : textOf(values, field),
      ]),
  );

/** The company of a person has no place but in the address at which both are. */
function atCompany(values: Values, kind: Kind, addresses: ReturnType<typeof addressesOf>) {
  const organization = kind === Kind.PERSON ? textOf(values, "company") : "";
  return addresses.map(({ address }, index) => (index === 0 ? { ...address, organization } : address));
}

function birthOf({ values, mapped }: Row): { birthDate?: DateMessage | undefined } {
  if (mapped.has("birth_date")) {
    const day = textOf(values, "birth_date");
    return { birthDate: day === "" ? undefined : dateOf(day) };
  }
  if (!mapped.has("birth_month") || !mapped.has("birth_month_day")) return {};
  const [year = 0, month, day] = ["birth_year", "birth_month", "birth_month_day"].map((field) =>
    numberOf(values, field),
  );
  return { birthDate: month === undefined || day === undefined ? undefined : { year, month, day } };
}

const rolesOf = (values: Values): PartyRole[] =>
  partsOf(textOf(values, "party_roles"), LIST).map((word) => {
    const role = meant(ROLES, word);
    if (role) return PartyRole[role];
    throw invalid("party_roles", `${word} is none of ${Object.keys(ROLES).join(", ")}`);
  });

/** A channel that we do not have is another one, and its word is kept. */
function sourceOf(values: Values): NonNullable<Customer["source"]> {
  const word = textOf(values, "source_channel").trim();
  const known = meant(SOURCES, word);
  const detail = [known ? "" : word, textOf(values, "source_detail")].filter(Boolean).join(": ");
  const time = values.get("first_touch_time");
  return {
    channel: word === "" ? Source_Channel.UNSPECIFIED : enumNumber(Source_Channel, known ?? "OTHER"),
    detail,
    campaign: textOf(values, "source_campaign"),
    firstTouchTime: time instanceof Date ? time : undefined,
  };
}

function preferencesOf({ values, mapped }: Row, { preferences }: Customer): Customer["preferences"] {
  const channel = meant(CHANNELS, textOf(values, "preferred_channel"));
  const said = {
    ...(mapped.has("preferred_channel") && { preferredChannel: enumNumber(Channel, channel ?? null) }),
    ...(mapped.has("language") && { language: textOf(values, "language").trim() }),
  };
  const isSaid = Object.values(said).some(Boolean);
  return preferences || isSaid ? { ...NO_PREFERENCES, ...preferences, ...said } : undefined;
}

const NO_PREFERENCES = {
  preferredChannel: Channel.UNSPECIFIED,
  language: "",
  contactHours: [],
  topics: [],
  timeZone: "",
};

/** Null takes a value away. */
function customOf({ values, mapped }: Row): CustomerState["custom"] {
  const fields = [...mapped].filter((field) => field.startsWith("custom."));
  return Object.fromEntries(fields.map((field) => [field.slice("custom.".length), plain(values.get(field))]));
}

function plain(value: ReturnType<Values["get"]>): unknown {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "bigint" ? decimalOf(value) : (value ?? null);
}

const invalid = (field: string, description: string) =>
  refuse("invalid", "INVALID_VALUE", "The row does not keep the rules.", [
    { field, description, reason: "INVALID_VALUE" },
  ]);
