import { Customer, Customer_Kind as Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { Value } from "@guanxi/import/service/kind";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aFirm, setting } from "../../test/builders.ts";
import { register } from "../customers/customer.ts";
import { present } from "../customers/present.ts";
import { customerFields } from "./customer-fields.ts";
import { customerOf } from "./customer-row.ts";

type Cells = Readonly<Record<string, Value | readonly Value[]>>;

const row = (cells: Cells, mapped: readonly string[] = Object.keys(cells)) => ({
  values: new Map(Object.entries(cells)),
  mapped: new Set(mapped),
  externalId: undefined,
});

const text = fc.constantFrom(
  "a",
  "b c",
  "重点",
  "x; y",
  "13800138000",
  "010-62250001 ::: 13800138000",
  "A@b.cn",
);
const cells = fc.dictionary(
  fc.constantFrom(
    "display_name",
    "company",
    "industry",
    "tags",
    "address.city",
    "address_2.street",
    "source_channel",
    "language",
    "last_name",
  ),
  text,
);
const reached = fc.dictionary(
  fc.constantFrom("phone", "phone.mobile", "email", "website", "social"),
  fc.array(text, { minLength: 1, maxLength: 3 }),
);

test("a row that is read again says of the customer what it is already", () => {
  fc.assert(
    fc.property(
      cells,
      reached,
      fc.array(fc.constantFrom("industry", "tags", "phone", "email")),
      (some, more, empty) => {
        const said = row({ display_name: "Acme", ...some, ...more }, [
          "display_name",
          ...Object.keys(some),
          ...Object.keys(more),
          ...empty,
        ]);
        const first = customerOf(said, undefined).customer;
        const second = customerOf(said, first).customer;
        expect(second).toEqual({ ...first, tags: second.tags });
        expect(new Set(second.tags)).toEqual(new Set(first.tags));
      },
    ),
  );
});

test("what a file does not say stays, and what it says empty goes", () => {
  const before = present(
    register(
      Customer.fromPartial({
        ...present(aFirm({ industry: "tea", legalName: "Huaxin" })),
        tags: ["vip"],
        custom: {},
      }),
      "id",
      setting,
    ),
  );
  expect(customerOf(row({ display_name: "New" }), before).customer).toMatchObject({
    displayName: "New",
    industry: "tea",
    legalName: "Huaxin",
    tags: ["vip"],
  });
  expect(customerOf(row({}, ["industry", "tags", "legal_name"]), before).customer).toMatchObject({
    displayName: "北京华新",
    industry: "",
    legalName: "",
    tags: [],
  });
});

test.for([
  [{ display_name: "Acme" }, Kind.ORGANISATION, "Acme"],
  [{ first_name: "Jean", last_name: "Cross", company: "Acme" }, Kind.PERSON, "Jean Cross"],
  [{ first_name: "三", last_name: "张" }, Kind.PERSON, "张三"],
  [{ company: "Acme", email: ["a@b.cn"] }, Kind.ORGANISATION, "Acme"],
  [{ email: ["a@b.cn"] }, Kind.ORGANISATION, "a@b.cn"],
  [{ display_name: "张三", kind: "个人" }, Kind.PERSON, "张三"],
  [{ display_name: "Jean & Co", first_name: "Jean", kind: "Company" }, Kind.ORGANISATION, "Jean & Co"],
] as const)("%j is a customer of kind %i called %s", ([said, kind, displayName]) => {
  expect(customerOf(row(said as Cells), undefined).customer).toMatchObject({ kind, displayName });
});

test("a birthday may come in parts, and without its year", () => {
  const born = (said: Cells) => customerOf(row({ last_name: "Li", ...said }), undefined).customer.birthDate;
  expect(born({ birth_date: "1980-03-22" })).toEqual({ year: 1980, month: 3, day: 22 });
  expect(born({ birth_year: 1970, birth_month: 11, birth_month_day: 15 })).toEqual({
    year: 1970,
    month: 11,
    day: 15,
  });
  expect(born({ birth_month: 2, birth_month_day: 29 })).toEqual({ year: 0, month: 2, day: 29 });
  expect(born({ birth_year: 1970 })).toBeUndefined();
});

test("a source that we have no name for is another one, and keeps its word", () => {
  const sourceOf = (said: Cells) =>
    customerOf(row({ display_name: "Acme", ...said }), undefined).customer.source;
  expect(sourceOf({ source_channel: "Web Download", source_detail: "price list" })).toMatchObject({
    channel: 19,
    detail: "Web Download: price list",
  });
  expect(sourceOf({ source_channel: "trade-show" })).toMatchObject({ channel: 8, detail: "" });
});

test("no two fields claim one header", () => {
  const plain = (name: string) =>
    name
      .normalize("NFKC")
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, "");
  const claims = customerFields([]).flatMap(({ name, headers }) =>
    [...new Set([name, ...headers].map(plain))].map((header) => [header, name] as const),
  );
  const twice = claims.filter(([header, name]) => claims.find(([other]) => other === header)![1] !== name);
  expect(twice).toEqual([]);
});
