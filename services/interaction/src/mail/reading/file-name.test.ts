import fc from "fast-check";
import { expect, test } from "vitest";
import { fileNameOf } from "./file-name.ts";

test.for([
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\lin\\报价单.pdf", "报价单.pdf"],
  ["invoice\u202efdp.exe", "invoicefdp.exe"],
  ["a\r\nb\0.txt", "ab.txt"],
  ["", "part-3.png"],
  ["..", "part-3.png"],
  ["folder/", "part-3.png"],
  [`${"x".repeat(300)}.pdf`, `${"x".repeat(251)}.pdf`],
] as const)("%j is kept as %j", ([sent, kept]) => {
  expect(fileNameOf(sent, 3, "image/png")).toBe(kept);
});

// The characters of fast-check's own strings take seconds to be made.
const texts = fc
  .array(fc.integer({ min: 0, max: 0x10_ff_ff }), { maxLength: 600 })
  .map((points) => String.fromCodePoint(...points));

test("whatever a sender calls a file, its name is one that an upload may have", () => {
  fc.assert(
    fc.property(texts, fc.nat(), fc.string(), (sent, place, type) => {
      const name = fileNameOf(sent, place, type);
      expect([...name].length).toBeLessThanOrEqual(255);
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      expect(name).toMatch(/^[^/\\\u0000-\u001f\u007f]+$/);
    }),
  );
});
