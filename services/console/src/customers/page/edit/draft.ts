// The particulars of a customer as a form has them, flat, and what of them is sent.
import type {
  ContactPoint,
  Customer,
  CustomerChannel,
  CustomerPatch,
  Date as Day,
  PartyRole,
  PostalAddress,
  Preferences,
} from "@guanxi/client/gen/guanxi";
import { isMasked } from "../seen.ts";
import type { Fields } from "./conflict.ts";

const CUSTOM = "custom.";

export interface Draft extends Fields {
  displayName: string;
  legalName: string;
  creditCode: string;
  industry: string;
  birthDate: Day | undefined;
  partyRoles: PartyRole[];
  contactPoints: Omit<ContactPoint, "normalised">[];
  addresses: PostalAddress[];
  preferredChannel: CustomerChannel;
  language: string;
}

export function draftOf(customer: Customer): Draft {
  const { displayName, legalName, creditCode, industry, birthDate, partyRoles, addresses, preferences } =
    customer;
  const custom = Object.entries(customer.custom ?? {}).map(([key, value]) => [CUSTOM + key, value] as const);
  return {
    displayName,
    legalName,
    creditCode,
    industry,
    birthDate,
    partyRoles,
    contactPoints: customer.contactPoints.map(({ kind, value, label, primary }) => ({
      kind,
      value,
      label,
      primary,
    })),
    addresses,
    preferredChannel: preferences?.preferredChannel ?? "CHANNEL_UNSPECIFIED",
    language: preferences?.language ?? "",
    ...Object.fromEntries(custom),
  };
}

/** Without what was begun and left empty. */
export function tidy(draft: Draft): Draft {
  const filled = ({ regionCode: _country, ...rest }: PostalAddress) =>
    Object.values(rest).some((part) => hasText(part));
  return {
    ...draft,
    contactPoints: draft.contactPoints.filter(({ value }) => value.trim() !== ""),
    addresses: draft.addresses
      .filter(filled)
      .map((each) => ({ ...each, addressLines: (each.addressLines ?? []).filter((line) => hasText(line)) })),
  };
}

const hasText = (part: unknown): boolean =>
  Array.isArray(part) ? part.some(hasText) : typeof part === "string" && part.trim() !== "";

/** The body of a change; what is nothing any more is sent as null, which clears it. */
export function patchOf(changes: Fields, { preferences }: Pick<Customer, "preferences">): CustomerPatch {
  const patch: CustomerPatch & Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes)) {
    if (key.startsWith(CUSTOM)) within(patch, "custom", key.slice(CUSTOM.length), value);
    else if (key === "preferredChannel" || key === "language") preferred(patch, preferences, key, value);
    else patch[key] = value ?? null;
  }
  return patch;
}

/** Whole, as the others among them stay what they are. */
function preferred(patch: CustomerPatch, known: Preferences | undefined, key: string, value: unknown): void {
  patch.preferences = { ...NO_PREFERENCES, ...known, ...patch.preferences, [key]: value };
}

const NO_PREFERENCES: Preferences = {
  preferredChannel: "CHANNEL_UNSPECIFIED",
  language: "",
  contactHours: [],
  topics: [],
  timeZone: "",
};

function within(patch: Record<string, unknown>, part: string, key: string, value: unknown): void {
  patch[part] = { ...(patch[part] as object | undefined), [key]: value ?? null };
}

/** What may not be known may not be changed: it would be overwritten by its mask. */
export function hiddenKeys(draft: Draft): Set<string> {
  const hidden = Object.keys(draft).filter(
    (key) => JSON.stringify(draft[key])?.includes('"***"') || isMasked(String(draft[key])),
  );
  return new Set(hidden);
}
