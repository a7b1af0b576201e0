// What of a customer is compared with others: prepared once, for it is looked at in many pairs.
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { doubleMetaphone } from "double-metaphone";
import { normalisedOf } from "../contact-points/contact-points.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { fold, isHan, keySound, nameKey, runsOf } from "../customers/names.ts";

/** The columns that are compared. */
export type Comparable = Pick<
  CustomerState,
  | "customerId"
  | "kind"
  | "displayName"
  | "legalName"
  | "creditCode"
  | "contactPoints"
  | "addresses"
  | "birthDay"
  | "custom"
  | "customFacts"
>;

/** A part of a name, and how it sounds. */
export interface Word {
  readonly text: string;
  readonly sound: string;
}

export interface Name {
  /** Without spaces, signs and legal forms. */
  readonly key: string;
  readonly sound: string;
  /** Of a person; a name of one word is a family name. */
  readonly given: Word | undefined;
  readonly family: Word;
}

export interface Place {
  /** The lines without spaces, numbers apart. */
  readonly street: string;
  readonly numbers: string;
  readonly locality: string;
  readonly postalCode: string;
}

export interface Compared {
  readonly customerId: string;
  readonly names: readonly Name[];
  /** Eight digits, or nothing. */
  readonly birthDay: string;
  readonly emails: readonly string[];
  readonly phones: readonly string[];
  readonly place: Place | undefined;
  readonly creditCode: string;
  /** The tenant's own texts, by their key. */
  readonly custom: ReadonlyMap<string, string>;
}

export function comparedOf(customer: Comparable): Compared {
  const isPerson = customer.kind === "PERSON";
  const emails = normalisedOf(customer.contactPoints, PointKind.EMAIL);
  return {
    customerId: customer.customerId,
    names: [...new Set([customer.displayName, customer.legalName ?? ""])].flatMap((name) =>
      readName(name, isPerson),
    ),
    birthDay: (customer.birthDay ?? "").replaceAll("-", ""),
    emails: emails.filter((email) => email.includes("@")),
    phones: normalisedOf(customer.contactPoints, PointKind.PHONE),
    place: placeOf(customer),
    creditCode: customer.creditCode ?? "",
    custom: customOf(customer),
  };
}

/** A name of signs only says nothing. */
function readName(name: string, isPerson: boolean): Name[] {
  const runs = runsOf(name);
  if (runs.length === 0) return [];
  const key = nameKey(name);
  const [given, family] = isPerson ? partsOf(runs) : ["", key];
  return [
    {
      key,
      sound: isHan(key) ? keySound(name, isPerson) : soundOf(key),
      given: given === "" ? undefined : wordOf(given),
      family: wordOf(family),
    },
  ];
}

/** 张三丰 and Zhang Sanfeng: the family name stands first in Chinese, and last in other scripts. */
function partsOf(runs: readonly string[]): [given: string, family: string] {
  if (runs.every(isHan)) {
    const signs = [...runs.join("")];
    return signs.length > 1 ? [signs.slice(1).join(""), signs[0]!] : ["", signs[0]!];
  }
  return [runs.slice(0, -1).join(""), runs.at(-1)!];
}

const wordOf = (text: string): Word => ({ text, sound: soundOf(text) });

/** Of Chinese its pinyin, of other scripts the consonants that are heard. */
function soundOf(text: string): string {
  if (isHan(text)) return keySound(text, false);
  return doubleMetaphone(text)[0] || text;
}

function placeOf({ addresses: [address] }: Comparable): Place | undefined {
  if (!address) return undefined;
  const runs = runsOf(address.addressLines.join(" "));
  const place: Place = {
    street: runs.filter((run) => !/^\d+$/.test(run)).join(""),
    numbers: runs.filter((run) => /^\d+$/.test(run)).join(" "),
    locality: runsOf(address.locality).join(""),
    postalCode: runsOf(address.postalCode).join(""),
  };
  return Object.values(place).some((part) => part !== "") ? place : undefined;
}

/** Longer texts are notes, which say nothing of who somebody is. */
const LONGEST = 60;

function customOf({ custom, customFacts }: Comparable): Map<string, string> {
  const texts = Object.entries(customFacts)
    .filter(([, { type }]) => type === "TEXT")
    .map(([key]) => [key, fold(String(custom[key] ?? "")).trim()] as const);
  return new Map(texts.filter(([, text]) => text !== "" && text.length <= LONGEST));
}
