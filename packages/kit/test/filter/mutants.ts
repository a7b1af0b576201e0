import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type * as Check from "../../src/filter/check.ts";
import type * as Parse from "../../src/filter/parse.ts";
import type * as Program from "../../src/filter/program.ts";
import type * as Sql from "../../src/filter/sql.ts";
import type { Compiler } from "./agreement.ts";

/** A mistake that someone could make: what stands in a source file, and what would stand there. */
interface Mutant {
  name: string;
  file: string;
  from: string;
  to: string;
}

export const MUTANTS: Mutant[] = [
  { name: "a negated test is plain not", file: "sql.ts", from: "}) is not true`", to: "}) = false`" },
  {
    name: "a not does not turn and into or",
    file: "sql.ts",
    from: `=== "all") === positive`,
    to: `=== "all")`,
  },
  {
    name: "a prefix ends at the next UTF-16 unit",
    file: "prefix.ts",
    from: "? AFTER_SURROGATES",
    to: "? 0xd800",
  },
  {
    name: "a prefix of the last code point has no end",
    file: "prefix.ts",
    from: "while (points.at(-1) === LAST) points.pop();",
    to: "",
  },
  {
    name: "two tags are looked for in one row",
    file: "sql.ts",
    from: ` && part.field.type !== "tags"`,
    to: "",
  },
  {
    name: "a mirrored comparison keeps its sign",
    file: "leaves.ts",
    from: "flipped ? mirrored : op",
    to: "op",
  },
  { name: "the kind of a value is forgotten", file: "sql.ts", from: "`v.kind = ${", to: "`'' <> ${" },
  {
    name: "the process orders text by UTF-16 unit",
    file: "code-points.ts",
    from: "unit + 0x10000 : unit",
    to: "unit : unit",
  },
  {
    name: "the process does not guard tests",
    file: "program.ts",
    from: "select(predicate.field, true), test(predicate)",
    to: "literal(true), test(predicate)",
  },
  { name: "an empty list of tags is present", file: "program.ts", from: ".length === 0", to: ".length < 0" },
  {
    name: "a day beside today is today",
    file: "sql.ts",
    from: "addDays(moment.today, value.days)",
    to: "moment.today",
  },
  {
    name: "a decimal is a double",
    file: "literals.ts",
    from: "return sign ? -micros : micros",
    to: "return BigInt(Math.trunc(value * 1e6))",
  },
];

const SOURCES = fileURLToPath(new URL("../../src/filter", import.meta.url));
const DAYS = fileURLToPath(new URL("../../src/days.ts", import.meta.url));
const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** The compiler from a copy of the sources that contains the mistake; the edge (refuse, cache) is left out. */
export async function withMistake(mutant: Mutant): Promise<{ compiler: Compiler; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "filter-mutant-"));
  const at = (file: string) => join(folder, "filter", file);
  cpSync(SOURCES, at(""), { recursive: true });
  cpSync(DAYS, join(folder, "days.ts"));
  symlinkSync(MODULES, join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  writeFileSync(at(mutant.file), mistaken(mutant, readFileSync(at(mutant.file), "utf8")));
  const load = <T>(file: string): Promise<T> => import(pathToFileURL(at(file)).href);
  const { parse } = await load<typeof Parse>("parse.ts");
  const { check } = await load<typeof Check>("check.ts");
  const { toProgram } = await load<typeof Program>("program.ts");
  const { toSql } = await load<typeof Sql>("sql.ts");
  const compile: Compiler["compile"] = (text, catalogue) => {
    const { predicate } = check(parse(text), catalogue);
    return { predicate, matches: toProgram(predicate) };
  };
  return { compiler: { compile, toSql }, remove: () => rmSync(folder, { recursive: true }) };
}

function mistaken({ file, from, to }: Mutant, source: string): string {
  if (source.split(from).length !== 2) throw new Error(`${file} does not contain this once: ${from}`);
  return source.replace(from, () => to);
}
