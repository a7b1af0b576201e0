import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { IntlMessageFormat } from "intl-messageformat";
import { afterAll, expect, test, vi } from "vitest";

// What the texts ask of a browser when they are loaded.
vi.stubGlobal("localStorage", { getItem: () => null, setItem: () => undefined });
vi.stubGlobal("document", { documentElement: {} });
afterAll(() => vi.unstubAllGlobals());

const { bundles } = await import("./texts.ts");
const src = path.join(import.meta.dirname, "..");
const sources = globSync("**/*.{ts,tsx}", { cwd: src }).filter((file) => !file.endsWith(".test.ts"));
const holders = sources.filter((file) =>
  /^(export )?(const \w+ = )?(texts|vocabulary)\(/m.test(readFileSync(path.join(src, file), "utf8")),
);

test("words stand in files of their own, where a translator finds them", () => {
  expect(holders.filter((file) => file.endsWith(".tsx"))).toEqual([]);
  expect(holders.length).toBeGreaterThan(5);
});

for (const file of holders) await import(path.join(src, file));

test.for(Object.entries(bundles))("%s says the same in both languages", ([, { zh, en }]) => {
  expect(Object.keys(en).toSorted()).toEqual(Object.keys(zh).toSorted());
  for (const [key, text] of Object.entries(zh)) {
    expect(text.trim(), key).not.toBe("");
    expect(en[key]!.trim(), key).not.toBe("");
    expect(argumentsOf(en[key]!, "en"), key).toEqual(argumentsOf(text, "zh"));
  }
});

/** The names of what is filled in; throws where it is no ICU MessageFormat. */
function argumentsOf(text: string, locale: string): string[] {
  return [...new Set(namesIn(new IntlMessageFormat(text, locale).getAst()))].toSorted();
}

type Elements = ReturnType<IntlMessageFormat["getAst"]>;

function namesIn(elements: Elements): string[] {
  return elements.flatMap((element) => [
    ...(element.type === LITERAL || element.type === POUND ? [] : [element.value]),
    ...("options" in element ? Object.values(element.options).flatMap(({ value }) => namesIn(value)) : []),
  ]);
}

const LITERAL = 0;
const POUND = 7;
