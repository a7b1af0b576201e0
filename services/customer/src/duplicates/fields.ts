// What two customers are compared by: for each field its levels, what is expected of them before anything is known, and how
// often a value occurs that both have.
import type { Compared, Place } from "./compared.ts";
import type { Facing } from "./facing.ts";
import { ABSENT, bestLevel, dayLevel, DIFFERS, isNear, numberLevel, TEXT, textLevel } from "./likeness.ts";

interface Level {
  readonly name: string;
  /** Of two records of one customer, and of two customers: how often one expects it where the book does not say. */
  readonly m: number;
  readonly u: number;
}

export interface Field {
  readonly name: string;
  /** From what differs to what is the same. */
  readonly levels: readonly Level[];
  compare(a: Compared, b: Compared, facing: Facing): number;
  /** The values whose frequency counts, of one record. */
  values(a: Compared): readonly string[];
  /** The value that both have, at a level where its frequency counts. */
  shared(a: Compared, b: Compared, level: number, facing: Facing): string;
}

const word = (name: "given_name" | "family_name", part: "given" | "family"): Field => ({
  name,
  levels: [
    { name: "differs", m: 0.08, u: 0.974 },
    { name: "alike", m: 0.07, u: 0.02 },
    { name: "near", m: 0.15, u: 0.004 },
    { name: "same", m: 0.7, u: 0.002 },
  ],
  compare: (_a, _b, facing) => facing[part].level,
  values: ({ names }) => [...new Set(names.flatMap(({ given, family }) => [given?.text ?? "", family.text]))],
  shared: (_a, _b, _level, facing) => facing[part].text,
});

const text = (
  name: string,
  valuesOf: (a: Compared) => readonly string[],
  options: {
    readonly m: readonly number[];
    readonly u: readonly number[];
    readonly levelOf?: typeof textLevel;
  },
): Field => ({
  name,
  levels: ["differs", "near", "same"].map((each, index) => ({
    name: each,
    m: options.m[index]!,
    u: options.u[index]!,
  })),
  compare: (a, b) => bestLevel(valuesOf(a), valuesOf(b), options.levelOf),
  values: valuesOf,
  shared: (a, b, level) =>
    level === TEXT.same ? (valuesOf(a).find((value) => valuesOf(b).includes(value)) ?? "") : "",
});

const filled = (value: string) => (value === "" ? [] : [value]);

const NAMES = [word("given_name", "given"), word("family_name", "family")];
const FIRM = text("name", ({ names }) => names.map(({ key }) => key), {
  m: [0.1, 0.2, 0.7],
  u: [0.9988, 0.001, 0.0002],
});
const REACH = [
  text("email", ({ emails }) => emails, {
    m: [0.4, 0.1, 0.5],
    u: [0.99989, 0.0001, 0.00001],
    levelOf: emailLevel,
  }),
  text("phone", ({ phones }) => phones, {
    m: [0.4, 0.1, 0.5],
    u: [0.99989, 0.0001, 0.00001],
    levelOf: numberLevel,
  }),
];
const BIRTH_DATE = text("birth_date", ({ birthDay }) => filled(birthDay), {
  m: [0.05, 0.15, 0.8],
  u: [0.98996, 0.01, 0.00004],
  levelOf: dayLevel,
});
const CREDIT_CODE = text("credit_code", ({ creditCode }) => filled(creditCode), {
  m: [0.005, 0.1, 0.895], // a code that differs says that they are two
  u: [0.99998, 0.00001, 0.00001],
  levelOf: numberLevel,
});

const LONG_BOX = 5; // li@ and lu@ are colleagues

/** Near is a slip in the host, or in a mailbox that is long; or the same long mailbox at another host. */
function emailLevel(a: string, b: string): number {
  if (a === b) return TEXT.same;
  const [boxOfA, boxOfB] = [boxOf(a), boxOf(b)];
  const isLong = Math.min(boxOfA.length, boxOfB.length) >= LONG_BOX;
  const isSame = boxOfA === boxOfB;
  return (isSame && isLong) || ((isSame || isLong) && isNear(a, b)) ? TEXT.near : TEXT.differs;
}

const boxOf = (email: string) => email.slice(0, email.lastIndexOf("@"));

export const AT = { differs: 0, place: 1, street: 2, near: 3, same: 4 } as const;

/** One field, for its parts go together: whoever lives in the same street lives in the same town. */
const ADDRESS: Field = {
  name: "address",
  levels: [
    { name: "differs", m: 0.15, u: 0.99 },
    { name: "place", m: 0.1, u: 0.008 },
    { name: "street", m: 0.1, u: 0.0016 },
    { name: "near", m: 0.25, u: 0.0003 },
    { name: "same", m: 0.4, u: 0.0001 },
  ],
  compare: ({ place: a }, { place: b }) => (a && b ? placeLevel(a, b) : ABSENT),
  values: ({ place }) =>
    place ? [...filled(wholeOf(place)), ...filled(place.locality), ...filled(place.postalCode)] : [],
  shared: ({ place: a }, { place: b }, level) => {
    if (!a || !b) return "";
    if (level === AT.same) return wholeOf(a) === wholeOf(b) ? wholeOf(a) : "";
    if (level !== AT.place) return "";
    if (a.postalCode !== "" && a.postalCode === b.postalCode) return a.postalCode;
    return a.locality === b.locality ? a.locality : "";
  },
};

const wholeOf = ({ street, numbers }: Place) => (street === "" ? "" : `${street} ${numbers}`);

function placeLevel(a: Place, b: Place): number {
  const street = streetLevel(a, b);
  const town = Math.max(textLevel(a.locality, b.locality), textLevel(a.postalCode, b.postalCode));
  if (street === ABSENT && town === ABSENT) return ABSENT;
  if (street === TEXT.same && town > DIFFERS) return AT.same;
  if (street > DIFFERS && town > DIFFERS) return AT.near;
  if (street > DIFFERS) return street === TEXT.same ? AT.near : AT.street;
  return town === TEXT.same ? AT.place : AT.differs;
}

function streetLevel(a: Place, b: Place): number {
  const words = textLevel(a.street, b.street);
  if (words === TEXT.same) return a.numbers === b.numbers ? TEXT.same : TEXT.near;
  if (words !== TEXT.differs) return words;
  const [short, long] = a.street.length < b.street.length ? [a.street, b.street] : [b.street, a.street];
  const isPart =
    short.length >= 6 &&
    (long.startsWith(short) || long.endsWith(short) || isNear(long.slice(0, short.length), short));
  return isPart ? TEXT.near : TEXT.differs;
}

/** The tenant's own texts: what identifies and what does not, the book shows. */
const own = (key: string): Field =>
  text(`custom.${key}`, ({ custom }) => filled(custom.get(key) ?? ""), {
    m: [0.1, 0.1, 0.8],
    u: [0.989, 0.01, 0.001],
  });

/** The more fields, the more patterns there are to learn from the same pairs. */
const MOST_OWN = 5;

/** For persons and for organisations of one book. */
export function fieldsOf(kind: string, book: readonly Compared[]): Field[] {
  const filledBy = new Map<string, number>();
  for (const { custom } of book)
    for (const key of custom.keys()) filledBy.set(key, (filledBy.get(key) ?? 0) + 1);
  const keys = [...filledBy].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, MOST_OWN);
  const names = kind === "PERSON" ? [...NAMES, BIRTH_DATE] : [FIRM, CREDIT_CODE];
  return [...names, ...REACH, ADDRESS, ...keys.map(([key]) => own(key))];
}
