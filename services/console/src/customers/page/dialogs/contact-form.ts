// A contact as the form has it: one place of work, one number, one address; the rest goes along unchanged.
import type {
  Affiliation,
  AffiliationRole,
  AffiliationSeniority,
  Contact,
  ContactInput,
  ContactPatch,
  ContactPointInput,
} from "@guanxi/client/gen/guanxi";
import { isMasked } from "../seen.ts";

export interface PersonValues {
  name: string;
  role: AffiliationRole;
  title?: string;
  department?: string;
  seniority: AffiliationSeniority;
  influence?: number | null;
  phone?: string;
  email?: string;
}

const worksAt =
  (customerId: string) =>
  (each: Affiliation): boolean =>
    each.customerId === customerId && !each.endDate;

const NOTHING_KNOWN = {
  role: "ROLE_OTHER",
  title: "",
  department: "",
  seniority: "SENIORITY_UNSPECIFIED",
  influence: 0,
} as const;

export function valuesOf(contact: Contact, customerId: string): PersonValues {
  const at = contact.affiliations.find(worksAt(customerId)) ?? NOTHING_KNOWN;
  const { role, title, department, seniority, influence } = at;
  const first = (kind: string) => contact.contactPoints.find((each) => each.kind === kind)?.value ?? "";
  const reached = { phone: first("KIND_PHONE"), email: first("KIND_EMAIL") };
  return { name: contact.displayName, role, title, department, seniority, influence, ...reached };
}

const workOf = (values: PersonValues, customerId: string) => {
  const { role, title = "", department = "", seniority, influence } = values;
  return { customerId, role, title, department, seniority, influence: influence ?? 0 };
};

export function newContact(values: PersonValues, customerId: string): ContactInput {
  return {
    displayName: values.name.trim(),
    affiliations: [workOf(values, customerId)],
    contactPoints: pointsOf(values, []),
  };
}

/** Lists are replaced whole, so what the form does not show goes along; what may not be known stays unsaid. */
export function changedContact(values: PersonValues, customerId: string, contact: Contact): ContactPatch {
  const work = workOf(values, customerId);
  const here = worksAt(customerId);
  const affiliations = contact.affiliations.map((each) => (here(each) ? { ...each, ...work } : each));
  if (isMasked(contact.displayName)) return { affiliations };
  return {
    displayName: values.name.trim(),
    affiliations,
    contactPoints: pointsOf(values, contact.contactPoints),
  };
}

function pointsOf(
  { phone = "", email = "" }: PersonValues,
  known: Contact["contactPoints"],
): ContactPointInput[] {
  const sent = known.map(({ kind, value, label, primary }) => ({ kind, value, label, primary }));
  return withFirst(withFirst(sent, "KIND_PHONE", phone), "KIND_EMAIL", email);
}

/** The first of its kind is the one that the form shows. */
function withFirst(
  points: readonly ContactPointInput[],
  kind: "KIND_PHONE" | "KIND_EMAIL",
  written: string,
): ContactPointInput[] {
  const value = written.trim();
  const place = points.findIndex((each) => each.kind === kind);
  if (place < 0) return value ? [...points, { kind, value }] : [...points];
  return points.flatMap((each, index) => {
    if (index !== place) return [each];
    return value ? [{ ...each, value }] : [];
  });
}
