import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { guessMapping } from "../src/mapping.ts";
import { CARD_COLUMNS } from "../src/vcard/columns.ts";
import { sharedData } from "./data.ts";
import { PEOPLE } from "./fields.ts";
import { tableOf } from "./read.ts";

const of = (...columns: string[]) => {
  const { mapping, unmapped } = guessMapping(columns, PEOPLE);
  return {
    ...Object.fromEntries(mapping.map(({ column, field }) => [column, field])),
    ...(unmapped.length > 0 && { unmapped }),
  };
};

test("names are compared without case, blanks and signs, full width and underscores", () => {
  expect(of("ｅ－ｍａｉｌ", "first_name", "LAST NAME", "公司名称", " 手 机 ", "Favourite Colour")).toEqual({
    "ｅ－ｍａｉｌ": "emails",
    first_name: "given_name",
    "LAST NAME": "family_name",
    公司名称: "company",
    " 手 机 ": "phones",
    unmapped: ["Favourite Colour"],
  });
});

test("numbered columns go to a field that takes several; another takes the first", () => {
  expect(
    of("E-mail 1 - Value", "E-mail 2 - Value", "E-mail 1 - Type", "Company", "Company 2", "Email#2"),
  ).toEqual({
    "E-mail 1 - Value": "emails",
    "E-mail 2 - Value": "emails",
    "Email#2": "emails",
    Company: "company",
    unmapped: ["E-mail 1 - Type", "Company 2"],
  });
});

test("the more exact name wins, wherever it stands, and what is in brackets counts last", () => {
  expect(of("Nickname 2", "Nickname", "Notes (internal)")).toEqual({
    Nickname: "nickname",
    "Notes (internal)": "notes",
    unmapped: ["Nickname 2"],
  });
});

test("a header of nothing but signs or digits is no name", () => {
  expect(of("***", "12", "")).toEqual({ unmapped: ["***", "12", ""] });
});

const headers = sharedData("contact-headers");

/** The header rows, by system; some rows have those of two files. */
function systems(): [string, string[]][] {
  const lines = readFileSync(join(headers.folder, "HEADERS.md"), "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("| "))
    .slice(1)
    .flatMap((line) => {
      const [, system = "", header = ""] = line.split("|").map((part) => part.trim());
      return header
        .split(" / ")
        .map((list): [string, string[]] => [system, list.split(",").map((name) => name.trim())]);
    });
}

test.skipIf(!headers.isHere)(
  `every header of Outlook, Zoho and HubSpot is mapped or listed${headers.absent}`,
  () => {
    const repeated = new Set(PEOPLE.filter((field) => field.repeated).map(({ name }) => name));
    expect(systems()).toHaveLength(6);
    for (const [system, columns] of systems()) {
      const { mapping, unmapped } = guessMapping(columns, PEOPLE);
      expect([...mapping.map(({ column }) => column), ...unmapped].toSorted(), system).toEqual(
        columns.toSorted(),
      );
      const single = mapping.map(({ field }) => field).filter((name) => !repeated.has(name));
      expect(new Set(single).size, system).toBe(single.length);
      expect(mapping.length, system).toBeGreaterThan(0);
    }
  },
);

test.skipIf(!headers.isHere)(`of Outlook's 56 columns these are known${headers.absent}`, () => {
  const outlook = systems()[0]?.[1] ?? [];
  const { mapping } = guessMapping(outlook, PEOPLE);
  const columns = (field: string) =>
    mapping.filter((entry) => entry.field === field).map(({ column }) => column);
  expect(outlook).toHaveLength(56);
  expect(columns("emails")).toEqual(["E-mail Address", "E-mail 2 Address", "E-mail 3 Address"]);
  expect(columns("phones")).toEqual([
    "Business Phone",
    "Business Phone 2",
    "Car Phone",
    "Company Main Phone",
    "Home Phone",
    "Home Phone 2",
    "Mobile Phone",
    "Other Phone",
    "Primary Phone",
  ]);
  expect(columns("street")).toEqual(["Business Street"]);
  for (const field of [
    "given_name",
    "family_name",
    "prefix",
    "suffix",
    "company",
    "department",
    "job_title",
    "birthday",
    "notes",
    "websites",
  ])
    expect(columns(field), field).toHaveLength(1);
});

test("the columns of cards are known too", () => {
  const { mapping } = guessMapping(CARD_COLUMNS, PEOPLE);
  const fields = Object.groupBy(mapping, ({ field }) => field);
  expect([fields["emails"]?.length, fields["phones"]?.length, fields["websites"]?.length]).toEqual([
    10, 15, 6,
  ]);
  for (const field of [
    "display_name",
    "given_name",
    "family_name",
    "company",
    "job_title",
    "street",
    "city",
    "birthday",
    "notes",
    "external_id",
  ])
    expect(fields[field], field).toHaveLength(1);
});

for (const name of ["contact-csv-roundcube", "contact-csv-mautic"]) {
  const data = sharedData(name);
  test.skipIf(!data.isHere)(
    `${name}: its files are read, and somebody's address is found${data.absent}`,
    async () => {
      for (const file of readdirSync(data.folder).filter((file) => file.endsWith(".csv"))) {
        const { columns, rows } = await tableOf(readFileSync(join(data.folder, file)));
        const wanted = file.includes("company") ? "company" : "emails";
        const fields = [...PEOPLE, { name: "company_name", kind: "text", headers: [] } as const];
        const { mapping } = guessMapping(columns, fields);
        const found = mapping
          .filter(({ field }) => field.startsWith(wanted))
          .map(({ column }) => columns.indexOf(column));
        expect(rows.length, file).toBeGreaterThan(0);
        expect(
          rows.every(({ fault }) => fault === undefined),
          file,
        ).toBe(true);
        expect(
          rows.some(({ values }) => found.some((at) => values[at] !== "")),
          file,
        ).toBe(true);
      }
    },
  );
}

const roundcube = sharedData("contact-csv-roundcube");

test.skipIf(!roundcube.isHere)(
  `each Roundcube CSV has the addresses of its cards${roundcube.absent}`,
  async () => {
    const addresses = async (file: string) => {
      const { columns, rows } = await tableOf(readFileSync(join(roundcube.folder, file)));
      const { mapping } = guessMapping(columns, PEOPLE);
      const at = mapping
        .filter(({ field }) => field === "emails")
        .map(({ column }) => columns.indexOf(column));
      return rows.map(({ values }) =>
        at
          .map((index) => values[index])
          .filter((address) => address !== undefined && address !== "")
          .sort((a = "", b = "") => a.localeCompare(b)),
      );
    };
    for (const name of ["all", "email", "gmail", "outlook", "tb_plain"])
      expect(await addresses(`${name}.csv`), name).toEqual(await addresses(`${name}.vcf`));
  },
);
