import fc from "fast-check";
import { expect, test } from "vitest";
import { FileFault } from "../src/fault.ts";
import { tableOf } from "./read.ts";
import { workbook } from "./workbook.ts";

const CARD =
  "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=\r\n=41\r\nitem1.TEL;WORK:1\r\n x\r\nEND:VCARD\r\n";
const ROWS = `<row><c t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c r="A2" s="1"><f>1</f><v>42663.5</v></c></row>`;

const FILES: readonly (readonly [string, Buffer])[] = [
  ["a CSV", Buffer.from('id;name;"sum"\r\n1;"Ann; ""Li""";1,5\r\n2;王小明;2\n3;x;\n')],
  ["a CSV in UTF-16", Buffer.from('\uFEFFid\tname\n1\t"王\n小"\n2\t😀\n', "utf16le")],
  ["a card", Buffer.from(CARD)],
  [
    "a card in JSON",
    Buffer.from('["vcard",[["version",{},"text","4.0"],["n",{"type":"x"},"text",["a",["b","c"]]]]]'),
  ],
  [
    "a card in XML",
    Buffer.from(
      '<vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"><vcard><n><surname>a</surname></n></vcard></vcards>',
    ),
  ],
  [
    "a workbook",
    workbook({
      texts: ["<t>x</t>"],
      styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs>',
      rows: ROWS,
    }),
  ],
];

/** Some bytes of a good file are others, or gone, or there twice. */
const damaged = fc
  .tuple(
    fc.constantFrom(...FILES),
    fc.array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.uint8Array({ maxLength: 4 }), fc.nat(6)),
      { maxLength: 4 },
    ),
  )
  .map(([[, good], damages]) =>
    damages.reduce((bytes, [place, inserted, removed]) => {
      const at = Math.floor(place * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + removed)]);
    }, good),
  );

const outcomeOf = (bytes: Uint8Array) =>
  tableOf(bytes, {}, { chunk: 13 }).then(
    () => "rows",
    (fault: unknown) => (fault instanceof FileFault && fault.message.endsWith(".") ? "refused" : fault),
  );

test.each(FILES)("%s is read while it is whole", async (_, bytes) => {
  expect(await outcomeOf(bytes)).toBe("rows");
});

test("a damaged file is read or refused with a sentence, and nothing else happens", async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async (bytes) => {
      expect(["rows", "refused"]).toContain(await outcomeOf(bytes));
    }),
    { numRuns: 1000 },
  );
});

test("bytes that are no file of ours are read or refused with a sentence, and nothing else happens", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 200, size: "max" }), async (bytes) => {
      expect(["rows", "refused"]).toContain(await outcomeOf(bytes));
    }),
    { numRuns: 1000 },
  );
});
