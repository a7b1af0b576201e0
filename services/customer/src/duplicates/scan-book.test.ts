import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aFirm, aPerson, email, phone } from "../../test/builders.ts";
import { agreementOf, comparedBook, GOLD_BOOKS, goldAbsent, goldBook, goldIsHere } from "../../test/gold.ts";
import type { CustomerState } from "../customers/customer-state.ts";
import { comparedOf } from "./compared.ts";
import { fieldsOf } from "./fields.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { levelsOf } from "./model.ts";
import { scanBook } from "./scan-book.ts";
import { wordsOf } from "./words.ts";

const scanned = (kind: string, ...customers: CustomerState[]) => {
  const book = customers.map((customer, index) => comparedOf({ ...customer, customerId: String(index) }));
  const { pairs, counts } = scanBook(kind, book);
  return { pairs: [...pairs], counts };
};

const born = (year: number, month: number, day: number) => ({ birthDate: { year, month, day } });
const at = (street: string, city: string, postalCode: string) => ({
  addresses: [{ regionCode: "CN", addressLines: [street], locality: city, postalCode }],
});

describe.runIf(goldIsHere)(`people of whom one knows who is who${goldAbsent}`, () => {
  test.each(GOLD_BOOKS)("R009 %s: more is found, and found rightly, than by exact rules", (name) => {
    const book = goldBook(name);
    const { pairs } = scanBook("PERSON", comparedBook(book));
    const joined = [...pairs].filter(({ cluster }) => cluster !== undefined);
    const { precision, f1 } = agreementOf(
      book,
      joined.map(({ a, b }) => [a.customerId, b.customerId]),
    );
    expect(precision).toBeGreaterThan(0.99);
    expect(f1).toBeGreaterThan(Math.max(book.floor, 0.96));
  });
});

describe("a small book", () => {
  const lin = { displayName: "林晓", ...born(1990, 3, 12), contactPoints: [phone("+8613800000001")] };
  const others = ["王磊", "陈静", "赵敏", "张伟", "李娜", "刘洋"].map((displayName, index) =>
    aPerson({ displayName, ...born(1970 + index, 1 + index, 5) }),
  );

  test("R009 the same person twice is found, with what speaks for it field by field", () => {
    const { pairs, counts } = scanned(
      "PERSON",
      aPerson(lin),
      ...others,
      aPerson({ ...lin, displayName: "林 晓" }),
    );
    expect(counts).toMatchObject({ customers: 8, pairsKept: 1, clusters: 1, pairsLeftOut: 0 });
    const [pair] = pairs;
    expect(pair!.score).toBeGreaterThan(95);
    expect(pair!.weights.map(({ field, level }) => `${field} ${level}`)).toEqual([
      "given_name same",
      "family_name same",
      "birth_date same",
      "phone same",
    ]);
    const sum = pair!.weights.reduce((bits, weight) => bits + weight.bits, pair!.priorBits);
    expect(sum).toBeCloseTo(pair!.bits, 9);
    expect(wordsOf(pair!.weights[3]!)).toBe(
      "The phone numbers are the same; 2 customers of the book have that value.",
    );
  });

  test("R009 two who share a home are two: their names and birth dates speak louder", () => {
    const home = at("中山路 18 号", "上海", "200001");
    const { pairs } = scanned(
      "PERSON",
      aPerson({ displayName: "Mary Holloway", ...born(1980, 5, 2), ...home }),
      aPerson({ displayName: "Peter Holloway", ...born(1978, 11, 23), ...home }),
      ...others,
    );
    expect(pairs).toEqual([]);
  });

  test("R009 two firms of one name with different credit codes are two", () => {
    const firm = { displayName: "北京华新科技有限公司" };
    const codes = ["91110108551385082Q", "91440300708461136T"] as const;
    const [one, other] = codes.map((creditCode) => aFirm({ ...firm, creditCode }));
    const { pairs } = scanned("ORGANISATION", one!, other!);
    expect(pairs).toEqual([]);
    const twice = scanned(
      "ORGANISATION",
      aFirm(firm),
      aFirm({ displayName: "北京华新科技", contactPoints: [email("info@huaxin.cn")] }),
    );
    expect(twice.counts.pairsCompared).toBe(1);
  });

  test("R009 an empty book, and one of one customer, have no pairs", () => {
    expect(scanned("PERSON").counts).toMatchObject({ customers: 0, pairsCompared: 0, pairsKept: 0 });
    expect(scanned("PERSON", aPerson(lin)).counts).toMatchObject({ customers: 1, pairsKept: 0, clusters: 0 });
  });

  test("R009 what is left out of a group too large is counted", () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      aPerson({ displayName: `Same ${index % 3 === 0 ? "Name" : `Other${index}`}`, ...born(1990, 1, 1) }),
    );
    const { counts } = scanned("PERSON", ...many);
    expect(counts.splitBlocks).toBeGreaterThan(0);
    expect(counts.pairsLeftOut).toBeGreaterThan(0);
    expect(counts.pairsLeftOut + counts.pairsCompared).toBeGreaterThanOrEqual((120 * 119) / 2);
  });

  test("R009 a is as like b as b is like a, whatever the two are called", () => {
    const word = fc.constantFrom(
      "mary",
      "marie",
      "mray",
      "holloway",
      "hollovay",
      "elk",
      "elki",
      "i",
      "王",
      "汪",
      "晓明",
    );
    const person = fc.record({
      displayName: fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(" ")),
      birthDate: fc.constantFrom(
        { year: 1990, month: 3, day: 12 },
        { year: 1990, month: 12, day: 3 },
        undefined,
      ),
      addresses: fc.constantFrom(
        [],
        at("1 Main Road", "York", "4011").addresses,
        at("Main Rd", "Yorck", "4011").addresses,
      ),
    });
    fc.assert(
      fc.property(person, person, (one, other) => {
        const [a, b] = [comparedOf(aPerson(one)), comparedOf(aPerson(other))];
        const fields = fieldsOf("PERSON", [a, b]);
        expect(levelsOf(fields, a, b)).toEqual(levelsOf(fields, b, a));
      }),
      { numRuns: 1000 },
    );
  });

  test("R009 only what is compared changes the fingerprint", () => {
    const before = fingerprintOf(comparedOf(aPerson(lin)));
    expect(fingerprintOf(comparedOf({ ...aPerson(lin), grade: "A" } as CustomerState))).toBe(before);
    expect(fingerprintOf(comparedOf(aPerson({ ...lin, ...born(1990, 3, 13) })))).not.toBe(before);
  });
});
