import {
  type ContactPoint,
  ContactPoint_Kind as Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { refuse, type Violation } from "@guanxi/kit/refuse";
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** E.164, or undefined for what is no phone number. Without a leading + it is one of that country. */
export function normalisePhone(value: string, country: string | undefined): string | undefined {
  const defaultCountry = country && isSupportedCountry(country) ? country : undefined;
  const phone = parsePhoneNumberFromString(value, {
    ...(defaultCountry && { defaultCountry }),
    extract: false,
  });
  return phone?.isValid() ? phone.number : undefined;
}

/** The contract has held it to be an address, so it is ASCII. */
export const normaliseEmail = (value: string) => value.toLowerCase();

export const withNormalForms = (
  points: readonly ContactPoint[],
  country: string | undefined,
): ContactPoint[] => points.map((point) => ({ ...point, normalised: normalForm(point, country) }));

/** The points with their normal forms, which they must have. What people wrote stays beside them, byte for byte. */
export function normalisePoints(
  points: readonly ContactPoint[],
  country: string | undefined,
  path: string,
): ContactPoint[] {
  const normalised = withNormalForms(points, country);
  const violations = [...notPhones(normalised, path), ...secondPrimaries(normalised, path)];
  if (violations.length > 0) {
    throw refuse("invalid", "INVALID_CONTACT_POINT", "A contact point does not keep the rules.", violations);
  }
  return normalised;
}

function normalForm({ kind, value }: ContactPoint, country: string | undefined): string {
  if (kind === Kind.EMAIL) return normaliseEmail(value);
  return kind === Kind.PHONE ? (normalisePhone(value, country) ?? "") : "";
}

const notPhones = (points: readonly ContactPoint[], path: string): Violation[] =>
  points.flatMap(({ kind, normalised }, index) =>
    kind === Kind.PHONE && !normalised
      ? [
          {
            field: `${path}[${index}].value`,
            description:
              "must be a phone number, with + and the country code if it is one of another country",
            reason: "PHONE",
          },
        ]
      : [],
  );

const secondPrimaries = (points: readonly ContactPoint[], path: string): Violation[] =>
  points.flatMap(({ kind, primary }, index) =>
    primary && points.findIndex((other) => other.primary && other.kind === kind) < index
      ? [
          {
            field: `${path}[${index}].primary`,
            description: "must be the only primary one of its kind",
            reason: "SECOND_PRIMARY",
          },
        ]
      : [],
  );

/** The distinct normal forms of one kind. */
export const normalisedOf = (points: readonly ContactPoint[], kind: Kind) => [
  ...new Set(
    points.filter((point) => point.kind === kind && point.normalised).map((point) => point.normalised),
  ),
];
