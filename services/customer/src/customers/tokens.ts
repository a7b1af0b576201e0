// What a customer is found by, as short texts that an index compares: computed once, when the customer is written.
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { ContactPoint } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { ExternalId } from "@guanxi/contract/guanxi/customer/v1/customer";
import { normalisedOf } from "../contact-points/contact-points.ts";
import { fold, isHan, keySound, nameKey, runsOf, soundsOf } from "./names.ts";

/** `…_inside` begins within a name; `name…` compares whole names, and `phone_tail` is reversed, so that ends are beginnings. */
export type TokenKind =
  | "word"
  | "word_inside"
  | "pinyin"
  | "pinyin_inside"
  | "initials"
  | "initials_inside"
  | "phone_tail"
  | "email"
  | "external"
  | "credit_code"
  | "name"
  | "name_sound"
  | "name_head"
  | "name_tail";

export interface Token {
  readonly kind: TokenKind;
  readonly token: string;
}

export interface Findable {
  readonly kind: string;
  readonly displayName: string;
  readonly legalName: string | null;
  readonly creditCode: string | null;
  readonly contactPoints: readonly ContactPoint[];
  readonly externalIds: readonly ExternalId[];
}

/** Longer ones find nothing more, and an index entry has a limit of some 2,700 bytes. */
const LONGEST = 100;
/** Whoever looks for a part of a name remembers one from its first 40 characters. */
const MOST_TAILS = 40;
/** Near names agree in their first or their last characters; with fewer they would be all alike. */
const ENDS = 4;

export function tokensOf(customer: Findable): Token[] {
  return distinct([
    ...namesOf(customer).flatMap((name) => [
      ...wordTokens(name),
      ...soundTokens(name, customer.kind === "PERSON"),
      ...nameTokens(name, customer.kind === "PERSON"),
    ]),
    ...reachTokens(customer),
  ]);
}

/** Where those stand who may be the same customer. */
export function matchTokensOf(customer: Findable): Token[] {
  return distinct([
    ...namesOf(customer).flatMap((name) => nameTokens(name, customer.kind === "PERSON")),
    ...reachTokens(customer).filter(({ kind, token }) => kind !== "email" || token.includes("@")),
  ]);
}

export const namesOf = ({ displayName, legalName }: Findable) =>
  legalName === null || legalName === displayName ? [displayName] : [displayName, legalName];

/** A phone number or a part of it, from its end. */
export const reversed = (digits: string) => [...digits].reverse().join("");

function wordTokens(name: string): Token[] {
  const runs = runsOf(name);
  if (runs.length === 0) return [{ kind: "word", token: fold(name).trim() }]; // signs only: ☆★
  const whole = runs.length > 1 ? [runs.join("")] : [];
  const insides = runs.filter(isHan).flatMap((run) => tailsOf([...run]));
  const behind = tailsOf(runs);
  return [
    ...[...whole, ...runs].map((token): Token => ({ kind: "word", token })),
    ...[...insides, ...behind].map((token): Token => ({ kind: "word_inside", token })),
  ];
}

function soundTokens(name: string, isPerson: boolean): Token[] {
  if (!runsOf(name).some(isHan) && runsOf(name).length < 2) return []; // its only word is its sound
  const { syllables, initials } = soundsOf(name, isPerson);
  return [
    { kind: "pinyin", token: syllables.join("") },
    ...tailsOf(syllables).map((token): Token => ({ kind: "pinyin_inside", token })),
    { kind: "initials", token: initials.join("") },
    ...tailsOf(initials)
      .filter((token) => token.length > 1)
      .map((token): Token => ({ kind: "initials_inside", token })),
  ];
}

/** bcd, cd, d of a, b, c, d. */
const tailsOf = (parts: readonly string[]) =>
  parts.slice(1, MOST_TAILS).map((_, index) => parts.slice(index + 1).join(""));

function nameTokens(name: string, isPerson: boolean): Token[] {
  const key = [...nameKey(name)];
  const ends: Token[] = [
    { kind: "name_head", token: key.slice(0, ENDS).join("") },
    { kind: "name_tail", token: key.slice(-ENDS).join("") },
  ];
  const whole: Token[] = [
    { kind: "name", token: key.join("") },
    { kind: "name_sound", token: keySound(name, isPerson) },
  ];
  return [...whole, ...(key.length > ENDS ? ends : [])];
}

function reachTokens({ contactPoints, externalIds, creditCode }: Findable): Token[] {
  const emails = normalisedOf(contactPoints, PointKind.EMAIL);
  const phones = normalisedOf(contactPoints, PointKind.PHONE);
  return [
    ...emails.flatMap((email): Token[] => [
      { kind: "email", token: email },
      { kind: "email", token: email.slice(email.lastIndexOf("@") + 1) },
    ]),
    ...phones.map((phone): Token => ({ kind: "phone_tail", token: reversed(phone.slice(1)) })),
    ...externalIds.map(({ id }): Token => ({ kind: "external", token: fold(id) })),
    ...(creditCode === null ? [] : [{ kind: "credit_code", token: creditCode } as const]),
  ];
}

/** As it is kept, so that what is looked for must be cut as well. */
export const cut = (token: string) => [...token].slice(0, LONGEST).join("");

function distinct(tokens: readonly Token[]): Token[] {
  const kept = tokens
    .filter(({ token }) => token !== "")
    .map(({ kind, token }) => ({ kind, token: cut(token) }));
  return [...new Map(kept.map((each) => [`${each.kind} ${each.token}`, each])).values()];
}
