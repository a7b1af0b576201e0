// What a comparison says, for people.
import type { FieldWeight } from "./weigh.ts";

const CALLED: Readonly<Record<string, string>> = {
  given_name: "given names",
  family_name: "family names",
  name: "names",
  credit_code: "credit codes",
  birth_date: "birth dates",
  email: "e-mail addresses",
  phone: "phone numbers",
  address: "addresses",
};

const LEVELS: Readonly<Record<string, string>> = {
  differs: "differ",
  alike: "begin or sound alike",
  near: "differ by a slip",
  same: "are the same",
  place: "differ, but are in the same place",
  street: "are in a street of the same name",
};

export function wordsOf({ field, level, holders }: FieldWeight): string {
  const what = CALLED[field] ?? `values of ${field.replace("custom.", "")}`;
  const says = field === "address" && level === "near" ? "are nearly the same" : LEVELS[level];
  if (holders === 0) return `The ${what} ${says}.`;
  const shared = field === "address" && level === "place" ? "the place" : "that value";
  return `The ${what} ${says}; ${holders} customers of the book have ${shared}.`;
}
