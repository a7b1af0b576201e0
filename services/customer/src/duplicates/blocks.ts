// Which customers are compared at all: those who share a key. Of 50,000 every one with every other would be 1,250 million pairs.
import type { Compared, Name } from "./compared.ts";

/** So many members make 1,225 pairs; a block of more says little of who is who. */
const MOST_MEMBERS = 50;

export interface Blocks {
  /** Each with the places in the book of its members, ascending. */
  readonly members: readonly Int32Array[];
  /** Of each customer the blocks that it is in, ascending. */
  readonly ofCustomer: readonly number[][];
  readonly splitBlocks: number;
  /** Pairs of blocks that stayed too large; another block may hold them all the same. */
  readonly leftOutPairs: number;
}

export function blocksOf(book: readonly Compared[]): Blocks {
  const byKey = new Map<string, number[]>();
  const telling = tellingOf(book);
  book.forEach((customer, place) => {
    for (const key of new Set(keysOf(customer, telling))) {
      const members = byKey.get(key);
      if (members) members.push(place);
      else byKey.set(key, [place]);
    }
  });
  const members: Int32Array[] = [];
  const ofCustomer = book.map((): number[] => []);
  const counts = { splitBlocks: 0, leftOutPairs: 0 };
  for (const block of byKey.values()) {
    if (block.length < 2) continue;
    for (const part of partsOf(block, book, counts)) {
      for (const place of part) ofCustomer[place]!.push(members.length);
      members.push(Int32Array.from(part));
    }
  }
  return { members, ofCustomer, ...counts };
}

/** A tenant's own text leads to others where it tells people apart, as a passport number does and an occupation does not. */
const MOST_HOLDERS = 10;

function tellingOf(book: readonly Compared[]): Set<string> {
  const seen = new Map<string, { filled: number; readonly values: Set<string> }>();
  for (const { custom } of book)
    for (const [key, text] of custom) {
      const each = seen.get(key) ?? { filled: 0, values: new Set() };
      each.filled += 1;
      each.values.add(text);
      seen.set(key, each);
    }
  const isTelling = ([, { filled, values }]: [string, { filled: number; values: Set<string> }]) =>
    filled <= values.size * MOST_HOLDERS;
  return new Set([...seen].filter(isTelling).map(([key]) => key));
}

const pairsOf = (members: number) => (members * (members - 1)) / 2;

/** A block that is too large falls apart by a second key, and where that is not enough by a third. */
function partsOf(
  block: readonly number[],
  book: readonly Compared[],
  counts: { splitBlocks: number; leftOutPairs: number },
): (readonly number[])[] {
  if (block.length <= MOST_MEMBERS) return [block];
  counts.splitBlocks += 1;
  let large = [block];
  const small: (readonly number[])[] = [];
  for (const second of SECOND) {
    const parts = large.flatMap((each) => [...Map.groupBy(each, (place) => second(book[place]!)).values()]);
    large = parts.filter(({ length }) => length > MOST_MEMBERS);
    small.push(...parts.filter(({ length }) => length > 1 && length <= MOST_MEMBERS));
  }
  const held = small.reduce((sum, { length }) => sum + pairsOf(length), 0);
  counts.leftOutPairs += pairsOf(block.length) - held;
  return small;
}

const nameSound = ({ names: [name] }: Compared) =>
  name ? [name.given?.sound ?? "", name.family.sound].sort().join(" ") : "";

const SECOND: readonly ((customer: Compared) => string)[] = [
  nameSound,
  ({ birthDay, place }) => birthDay || (place?.street ?? ""),
  ({ place }) => place?.postalCode || (place?.locality ?? ""),
];

/** Every slip spoils some of them; that it spoils all is rare. */
function keysOf(customer: Compared, telling: ReadonlySet<string>): string[] {
  const { birthDay, emails, phones, creditCode, custom } = customer;
  return [
    ...(creditCode === "" ? [] : [`credit ${creditCode}`]),
    ...(birthDay === "" ? [] : [`born ${birthDay}`]),
    ...emails.flatMap((email) => [`mail ${email}`, `box ${email.slice(0, email.lastIndexOf("@"))}`]),
    ...phones.map((phone) => `phone ${phone}`),
    ...[...custom].filter(([key]) => telling.has(key)).map(([key, text]) => `own ${key} ${text}`),
    ...customer.names.flatMap((name) => nameKeys(name, customer)),
    ...placeKeys(customer),
  ];
}

function nameKeys(name: Name, customer: Compared): string[] {
  const sounds = [name.given?.sound, name.family.sound].filter((sound) => sound !== undefined).sort();
  const whole = [
    `name ${name.key}`,
    `sound ${name.sound}`,
    ...(sounds.length > 1 ? [`sounds ${sounds.join(" ")}`] : []),
  ];
  if (!name.given && name.key.length > 6)
    whole.push(`head ${name.key.slice(0, 5)}`, `tail ${name.key.slice(-5)}`);
  const beside = besideName(customer);
  return [...whole, ...sounds.flatMap((sound) => beside.map((key) => `${sound} ${key}`))];
}

/** What narrows down one sound of a name. */
const besideName = ({ birthDay, place }: Compared) =>
  [
    birthDay && `year ${birthDay.slice(0, 4)}`,
    birthDay && `day ${birthDay.slice(4)}`,
    place?.postalCode && `post ${place.postalCode}`,
    place?.locality && `town ${place.locality}`,
  ].filter((key) => key !== undefined && key !== "");

function placeKeys({ place }: Compared): string[] {
  if (!place || place.street === "") return [];
  const { street, numbers, postalCode, locality } = place;
  return [
    `street ${street}`,
    ...(numbers === "" ? [] : [`house ${street.slice(0, 5)} ${numbers}`]),
    ...[postalCode, locality]
      .filter((town) => town !== "")
      .map((town) => `corner ${street.slice(0, 4)} ${town}`),
  ];
}

/** Every pair of a block once in the whole book: in the first block that both are in. */
export function* pairsIn({ members, ofCustomer }: Blocks, block: number): Generator<[number, number]> {
  const places = members[block]!;
  for (let first = 0; first < places.length; first += 1)
    for (let second = first + 1; second < places.length; second += 1) {
      const [a, b] = [places[first]!, places[second]!];
      if (firstShared(ofCustomer[a]!, ofCustomer[b]!) === block) yield [a, b];
    }
}

function firstShared(a: readonly number[], b: readonly number[]): number {
  for (let left = 0, right = 0; left < a.length && right < b.length; ) {
    const difference = a[left]! - b[right]!;
    if (difference === 0) return a[left]!;
    if (difference < 0) left += 1;
    else right += 1;
  }
  return -1;
}
