// Books of people of whom somebody knows which of them are one: public data, as customers and as a file to import.
import { ContactPoint_Kind as PointKind } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { PostalAddress } from "@guanxi/contract/google/type/postal_address";
import { publicData } from "@guanxi/testkit/public-data";
import { type Comparable, comparedOf } from "../src/duplicates/compared.ts";

export interface GoldPerson {
  readonly id: string;
  /** The same for all records of one person. */
  readonly person: string;
  readonly name: string;
  readonly legalName?: string;
  readonly birthDate: string;
  readonly email: string;
  readonly street: string;
  readonly street2: string;
  readonly city: string;
  readonly postalCode: string;
  /**
   * A text of the tenant's own. The social security number is none of a customer's external ids: those belong to one customer
   * for ever, so a second record with the same one would be refused, which is what a book with duplicates has not done.
   */
  readonly own?: readonly [key: string, value: string];
}

export interface GoldBook {
  readonly name: string;
  readonly people: readonly GoldPerson[];
  /** What exact rules reach, as stands beside the data. */
  readonly floor: number;
}

const FEBRL = [
  { name: "febrl1", files: ["dataset1.csv"], floor: 0.9701 },
  { name: "febrl2", files: ["dataset2.csv"], floor: 0.9549 },
  { name: "febrl3", files: ["dataset3.csv"], floor: 0.9479 },
  { name: "febrl4", files: ["dataset4a.csv", "dataset4b.csv"], floor: 0.985 },
];

const splink = publicData("dedupe-splink/fake_1000.csv");

export const goldIsHere = publicData("dedupe-febrl/dataset1.csv").isHere && splink.isHere;
export const goldAbsent = goldIsHere
  ? ""
  : " (skipped: ../shared/data/dedupe-febrl and dedupe-splink are not at hand)";

export function goldBook(name: string): GoldBook {
  if (name === "splink")
    return { name, floor: 0.5383, people: rowsOf(splink.read().toString()).map(splinkPerson) };
  const { files, floor } = FEBRL.find((each) => each.name === name)!;
  const texts = files.map((file) => publicData(`dedupe-febrl/${file}`).read().toString());
  return { name, floor, people: texts.flatMap(rowsOf).map(febrlPerson) };
}

export const GOLD_BOOKS = [...FEBRL.map(({ name }) => name), "splink"];

type Cells = Readonly<Record<string, string>>;

/** No cell of these files is quoted. */
function rowsOf(text: string): Cells[] {
  const [header, ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.split(",").map((cell) => cell.trim()));
  return rows.map((row) => Object.fromEntries(header!.map((name, index) => [name, row[index] ?? ""])));
}

const together = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(" ");

/** Some days of birth are those of no calendar, which a customer cannot have. */
export function dayOf(text: string): string {
  const day = text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : "";
}

const NAMELESS = "-"; // a customer must have a name, and a sign says nothing

const febrlPerson = (cells: Cells): GoldPerson => ({
  id: cells.rec_id!,
  person: /^rec-\d+/.exec(cells.rec_id!)![0],
  name: together(cells.given_name, cells.surname) || NAMELESS,
  birthDate: dayOf(cells.date_of_birth!),
  email: "",
  street: together(cells.street_number, cells.address_1),
  street2: cells.address_2!,
  city: cells.suburb!,
  postalCode: cells.postcode!,
  own: ["soc_sec_id", cells.soc_sec_id!],
});

const splinkPerson = (cells: Cells): GoldPerson => ({
  id: cells.unique_id!,
  person: cells.cluster!,
  name: together(cells.first_name, cells.surname) || NAMELESS,
  birthDate: dayOf(cells.dob!),
  email: cells.email!,
  street: "",
  street2: "",
  city: cells.city!,
  postalCode: "",
});

/** As the front door would make it. */
function customerOf(person: GoldPerson): Comparable {
  const { own, email } = person;
  const address = PostalAddress.fromPartial({
    addressLines: [person.street, person.street2].filter(Boolean),
    locality: person.city,
    postalCode: person.postalCode,
  });
  const fact = { type: "TEXT", unique: false, filterable: false, personal: true } as const;
  const point = {
    kind: PointKind.EMAIL,
    value: email,
    normalised: email.toLowerCase(),
    label: "",
    primary: true,
  };
  return {
    customerId: person.id,
    kind: "PERSON",
    displayName: person.name,
    legalName: person.legalName ?? null,
    creditCode: null,
    contactPoints: email ? [point] : [],
    addresses: [address],
    birthDay: person.birthDate || null,
    custom: own?.[1] ? { [own[0]]: own[1] } : {},
    customFacts: own?.[1] ? { [own[0]]: fact } : {},
  };
}

export const comparedBook = ({ people }: GoldBook) => people.map((person) => comparedOf(customerOf(person)));

const COLUMNS: readonly (readonly [header: string, read: (person: GoldPerson) => string])[] = [
  ["ID", ({ id }) => id],
  ["Customer Kind", () => "person"],
  ["Full Name", ({ name }) => name],
  ["Registered Name", ({ legalName = "" }) => legalName],
  ["Birthday", ({ birthDate }) => birthDate],
  ["Email Address", ({ email }) => email],
  ["Street", ({ street }) => street],
  ["Street 2", ({ street2 }) => street2],
  ["City", ({ city }) => city],
  ["Postal Code", ({ postalCode }) => postalCode],
];

/** Columns that nobody has filled are left out. */
export function csvOf({ people }: GoldBook): string {
  const own = people.find((person) => person.own)?.own?.[0];
  const all = [...COLUMNS, ...(own ? [[own, ({ own: it }: GoldPerson) => it?.[1] ?? ""] as const] : [])];
  const columns = all.filter(([, read]) => people.some((person) => read(person) !== ""));
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = people.map((person) => columns.map(([, read]) => quoted(read(person))).join(","));
  return [columns.map(([header]) => quoted(header)).join(","), ...lines].join("\n");
}

export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Of pairs of record ids, those that are one person, over all found and over all there are. */
export function agreementOf({ people }: GoldBook, pairs: readonly (readonly [string, string])[]): Agreement {
  const personOf = new Map(people.map(({ id, person }) => [id, person]));
  const sizes = [...Map.groupBy(people, ({ person }) => person).values()].map(({ length }) => length);
  const gold = sizes.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  const right = pairs.filter(([a, b]) => personOf.get(a) === personOf.get(b)).length;
  const [precision, recall] = [right / Math.max(1, pairs.length), right / gold];
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) };
}
