// What the form says, as the service takes it.
import type {
  ContactPointInput,
  CustomerInput,
  CustomerKind,
  SourceChannel,
} from "@guanxi/client/gen/guanxi";
import type { Dayjs } from "dayjs";

export interface Draft {
  displayName?: string;
  legalName?: string;
  creditCode?: string;
  phone?: string;
  email?: string;
  city?: string;
  industry?: string;
  birthDate?: Dayjs | null;
  channel?: SourceChannel;
  detail?: string;
  ownerId?: string;
  tags?: string[];
  custom?: Record<string, unknown>;
}

export function inputOf(kind: CustomerKind, draft: Draft): CustomerInput {
  const { channel, detail, ownerId, tags = [] } = draft;
  const custom = filled(draft.custom ?? {});
  return {
    kind,
    displayName: tidy(draft.displayName),
    contactPoints: pointsOf(draft),
    ...filled({
      legalName: tidy(draft.legalName),
      creditCode: tidy(draft.creditCode).toUpperCase(),
      industry: tidy(draft.industry),
      addresses: addressesOf(tidy(draft.city)),
      birthDate: draft.birthDate && dateOf(draft.birthDate),
      source: channel && { channel, detail: tidy(detail) },
      ownerId,
      ...(tags.length > 0 && { tags }),
      ...(Object.keys(custom).length > 0 && { custom }),
    }),
  };
}

const tidy = (text = ""): string => text.trim();
const addressesOf = (city: string) => city && [{ regionCode: "CN", locality: city }];
const dateOf = (day: Dayjs) => ({ year: day.year(), month: day.month() + 1, day: day.date() });

/** What somebody has said something to. */
const filled = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => given(value)));

const given = (value: unknown) => value !== undefined && value !== null && value !== "";

function pointsOf({ phone, email }: Draft): ContactPointInput[] {
  return [
    ...(given(phone?.trim()) ? [{ kind: "KIND_PHONE", value: phone!.trim(), primary: true } as const] : []),
    ...(given(email?.trim()) ? [{ kind: "KIND_EMAIL", value: email!.trim(), primary: true } as const] : []),
  ];
}

/** Enough to look for somebody who is there already. */
export const tells = ({ displayName = "", phone = "", email = "", creditCode = "" }: Draft): boolean =>
  displayName.trim().length > 1 || phone.trim().length > 5 || email.includes("@") || creditCode.length === 18;

/** The form's field to which a violation belongs: customer.credit_code is creditCode. */
export function fieldOf(path: string, draft: Draft): string | string[] | undefined {
  const name = path.replace(/^customer\./, "");
  const [, index] = /^contact_points\[(\d+)\]/.exec(name) ?? [];
  if (index) return pointsOf(draft)[Number(index)]?.kind === "KIND_PHONE" ? "phone" : "email";
  if (name.startsWith("custom.")) return ["custom", name.slice("custom.".length)];
  return FIELDS[name];
}

const FIELDS: Record<string, string> = {
  display_name: "displayName",
  legal_name: "legalName",
  credit_code: "creditCode",
  industry: "industry",
  birth_date: "birthDate",
  owner_id: "ownerId",
  tags: "tags",
  "source.channel": "channel",
  "source.detail": "detail",
};
