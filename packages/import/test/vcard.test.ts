import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sharedData } from "./data.ts";
import { type Table, tableOf } from "./read.ts";

/** What a card has, by column. */
const filled = ({ columns, rows }: Table, at = 0) =>
  Object.fromEntries(
    (rows[at]?.values ?? []).flatMap((value, index) => (value === "" ? [] : [[columns[index] ?? "", value]])),
  );

const card = (...lines: string[]) => ["BEGIN:VCARD", ...lines, "END:VCARD", ""].join("\r\n");

const ezvcard = sharedData("vcard-ezvcard");

test.skipIf(!ezvcard.isHere)(
  `ez-vcard: every card of its 20 files is read without a fault${ezvcard.absent}`,
  async () => {
    const names = readdirSync(ezvcard.folder).filter((name) => /\.(vcf|json|xml)$/.test(name));
    let count = 0;
    for (const name of names) {
      const { rows } = await tableOf(readFileSync(join(ezvcard.folder, name)), {}, { name });
      count += rows.length;
      expect(
        rows.map(({ fault }) => fault),
        name,
      ).toEqual(rows.map(() => undefined));
      expect(filled(await tableOf(readFileSync(join(ezvcard.folder, name)))), name).not.toEqual({});
    }
    expect([names.length, count]).toEqual([20, 28]);
  },
);

test.skipIf(!ezvcard.isHere)(
  `ez-vcard: the same person in text, JSON and XML is the same row${ezvcard.absent}`,
  async () => {
    const of = async (name: string) => filled(await tableOf(readFileSync(join(ezvcard.folder, name))));
    const [text, json, xml] = [
      await of("rfc6350-example.vcf"),
      await of("jcard-example.json"),
      await of("rfc6351-example.xml"),
    ];
    for (const column of [
      "Name",
      "Family Name",
      "Given Name",
      "Name Suffix",
      "Organization Name",
      "E-mail 1 - Value",
      "Phone 1 - Value",
    ]) {
      expect(json[column], column).toBe(xml[column]);
      expect(json[column], column).toBeDefined();
      if (column !== "Name Suffix") expect(text[column], column).toBe(json[column]);
    }
  },
);

test("version 2.1: quoted-printable over several lines, bare types, a picture left out", async () => {
  const text = card(
    "VERSION:2.1",
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=B0=8F=",
    "=E6=98=8E",
    "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=",
    "  two = three",
    "TEL;WORK;FAX:030 1",
    "TEL;CELL;PREF:0170 2",
    "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ",
    " SkZJRgAB",
    "",
    "ORG:Company\\, The;C:\\new",
  );
  expect(filled(await tableOf(text))).toEqual({
    "Family Name": "王",
    "Given Name": "小明",
    Notes: "one\r\n  two = three",
    "Phone 1 - Type": "cell",
    "Phone 1 - Value": "0170 2",
    "Phone 2 - Type": "work, fax",
    "Phone 2 - Value": "030 1",
    "Organization Name": "Company, The",
    "Organization Department": "C:\\new",
  });
});

test("a text in an encoding of its own is read in it; one that is not is kept as it stands", async () => {
  const text = card(
    "VERSION:2.1",
    "FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=CD=F5=D0=A1=C3=F7",
    "TITLE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3",
    "ROLE;CHARSET=KLINGON;ENCODING=QUOTED-PRINTABLE:=41",
  );
  expect(filled(await tableOf(text))).toEqual({
    Name: "王小明",
    Other: "UNREADABLE TITLE: =C3\nUNREADABLE ROLE: =41",
  });
});

test("version 3.0 and 4.0: folds, escapes, groups with labels, addresses as URIs", async () => {
  const text = card(
    "VERSION:4.0",
    "FN:Ann\\, Li",
    "NOTE:first\\nsec",
    " ond\\;",
    "item1.TEL;VALUE=uri:tel:+49-30-1",
    "item1.X-ABLabel:_$!<Assistant>!$_",
    'EMAIL;TYPE="work,home":mailto:a@example.com',
    "ADR;TYPE=home:;;1 Street;Town;;12345;Land",
    "X-HOBBY:chess",
  );
  expect(filled(await tableOf(text))).toEqual({
    Name: "Ann, Li",
    Notes: "first\nsecond;",
    "Phone 1 - Type": "Assistant",
    "Phone 1 - Value": "+49-30-1",
    "E-mail 1 - Type": "work, home",
    "E-mail 1 - Value": "a@example.com",
    "Address 1 - Type": "home",
    "Address 1 - Street": "1 Street",
    "Address 1 - City": "Town",
    "Address 1 - Postal Code": "12345",
    "Address 1 - Country": "Land",
    Other: "X-HOBBY: chess",
  });
});

test("what there is no column for stands under Other: an eleventh address, a second title", async () => {
  const mails = Array.from({ length: 11 }, (_, at) => `EMAIL:${at}@example.com`);
  const found = filled(await tableOf(card("VERSION:3.0", "TITLE:a", "TITLE:b", ...mails)));
  expect(found["Organization Title"]).toBe("a");
  expect(found["E-mail 10 - Value"]).toBe("9@example.com");
  expect(found["Other"]).toBe("TITLE: b\nEMAIL: 10@example.com");
});

test("cards come with their lines, whatever pieces the file comes in", async () => {
  const text = `\r\n${card("VERSION:3.0", "FN:A")}${card("VERSION:3.0", "FN:B", "NOTE:x", " y")}`;
  const whole = await tableOf(text);
  expect(whole.rows.map(({ number }) => number)).toEqual([2, 6]);
  for (const chunk of [1, 3, 10]) expect(await tableOf(text, {}, { chunk })).toEqual(whole);
});

test("a line that makes no sense is a fault of its card alone", async () => {
  const { rows } = await tableOf(card("VERSION:3.0", "FN:A", "what is this") + card("VERSION:3.0", "FN:B"));
  expect(rows.map(({ fault }) => fault?.reason)).toEqual(["LINE_NOT_UNDERSTOOD", undefined]);
  expect(rows[0]?.fault?.message).toContain("Line 4");
  const inner = await tableOf(card("VERSION:2.1", "AGENT:", card("FN:B").trim(), "FN:A"));
  expect(inner.rows.map(({ fault }) => fault?.reason)).toEqual(["CARD_IN_CARD"]);
});

test.each([
  ["BEGIN:VCARD\r\nFN:A\r\n", "CARD_NOT_ENDED", 1],
  [`${card("FN:A")}FN:B\r\n`, "LINE_OUTSIDE_CARD", 4],
  [`BEGIN:VCARD\r\nFN:${"x".repeat(2 ** 21)}`, "ROW_TOO_LONG", 2],
  ['["vcard", [["fn"', "JSON_BROKEN", undefined],
  ['["vcard", [["fn"]]]', "JSON_BROKEN", undefined],
  ['["vcard", 1]', "JSON_BROKEN", undefined],
  ['<vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"><vcard>', "XML_BROKEN", undefined],
  ['<!DOCTYPE x><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"/>', "XML_BROKEN", undefined],
])("cards that cannot be read are refused: %#", async (text, reason, line) => {
  const fault: unknown = await tableOf(text).catch((error: unknown) => error);
  expect(fault).toMatchObject({ reason, where: line === undefined ? {} : { line } });
});
