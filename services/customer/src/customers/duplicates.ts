// How alike two customers are. The score is published at DuplicateCandidate.score in the contract.
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { normalisedOf } from "../contact-points/contact-points.ts";
import { keySound, nameKey } from "./names.ts";
import { type Findable, namesOf } from "./tokens.ts";

export interface Likeness {
  readonly score: number;
  readonly matchedFields: readonly string[];
}

const CERTAIN = 100;
const POINTS = { email: 60, phone: 50, name: 50, similar_name: 30 } as const;
const NEAR = 0.7;

/** The likeness of a to b is that of b to a. */
export function likenessOf(a: Findable, b: Findable): Likeness {
  const certain = [
    ...(sharesExternalId(a, b) ? ["external_ids"] : []),
    ...(a.creditCode !== null && a.creditCode === b.creditCode ? ["credit_code"] : []),
  ];
  const likely: (keyof typeof POINTS)[] = [
    ...(shares(pointsOf(a, PointKind.EMAIL), pointsOf(b, PointKind.EMAIL)) ? (["email"] as const) : []),
    ...(shares(pointsOf(a, PointKind.PHONE), pointsOf(b, PointKind.PHONE)) ? (["phone"] as const) : []),
    ...nameLikeness(a, b),
  ];
  return {
    score: certain.length > 0 ? CERTAIN : scoreOf(likely, a, b),
    matchedFields: [...certain, ...likely],
  };
}

function scoreOf(likely: readonly (keyof typeof POINTS)[], a: Findable, b: Findable): number {
  const sum = Math.min(
    CERTAIN - 1,
    likely.reduce((total, field) => total + POINTS[field], 0),
  );
  const areTwo = a.creditCode !== null && b.creditCode !== null && a.creditCode !== b.creditCode;
  return areTwo ? Math.floor(sum / 2) : sum;
}

const pointsOf = ({ contactPoints }: Findable, kind: PointKind) => normalisedOf(contactPoints, kind);
const shares = (a: readonly string[], b: readonly string[]) => a.some((each) => b.includes(each));
const sharesExternalId = (a: Findable, b: Findable) =>
  a.externalIds.some(({ system, id }) =>
    b.externalIds.some((other) => other.system === system && other.id === id),
  );

function nameLikeness(a: Findable, b: Findable): ("name" | "similar_name")[] {
  const keysOfB = namesOf(b).map(nameKey);
  const keysOfA = namesOf(a).map(nameKey);
  if (shares(keysOfA, keysOfB)) return ["name"];
  if (keysOfA.some((left) => keysOfB.some((right) => dice(left, right) >= NEAR))) return ["similar_name"];
  return shares(soundsLike(a), soundsLike(b)) ? ["similar_name"] : [];
}

/** A name that sounds the same is near: 张三 and 章三, or Zhang San. */
const soundsLike = (customer: Findable) =>
  namesOf(customer)
    .map((name) => keySound(name, customer.kind === "PERSON"))
    .filter((sound) => sound !== "");

/** Shared pairs of neighbouring characters, twice, over all pairs: 1 for the same, 0 for nothing in common. */
export function dice(a: string, b: string): number {
  const pairsOfA = pairsOf(a);
  const pairsOfB = pairsOf(b);
  const all = pairsOfA.length + pairsOfB.length;
  if (all === 0) return a === b ? 1 : 0;
  const left = new Map<string, number>();
  for (const pair of pairsOfA) left.set(pair, (left.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of pairsOfB) {
    const count = left.get(pair) ?? 0;
    if (count > 0) shared += 1;
    left.set(pair, count - 1);
  }
  return (2 * shared) / all;
}

function pairsOf(text: string): string[] {
  const signs = [...text];
  return signs.slice(1).map((sign, index) => signs[index]! + sign);
}
