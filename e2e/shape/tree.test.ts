import { basename } from "node:path";
import { expect, test } from "vitest";
import { committed, read, sources, stringsOf, withoutComments } from "./sources.ts";

const FOLDERS = ["services", "proto", "packages", "deploy", "e2e", "docs", "examples", ".ci"];
const FILES = ["README.md", "LICENSE", "SECURITY.md", "CONTRIBUTING.md"];
const TOOL_FILES = `
  package.json pnpm-workspace.yaml pnpm-lock.yaml tsconfig.base.json tsconfig.json vitest.config.ts biome.json buf.yaml
  buf.gen.yaml knip.json .oxlintrc.json .dependency-cruiser.cjs .gitignore .gitattributes .dockerignore
`;

test("the top level holds what a visitor looks for, and no other thing", () => {
  const found = new Set(committed().map((path) => path.split("/")[0]!));
  const allowed = new Set([...FOLDERS, ...FILES, ...TOOL_FILES.trim().split(/\s+/)]);
  expect([...found].filter((name) => !allowed.has(name))).toEqual([]);
});

test("no service's manifest names another service", () => {
  const manifests = sources("services/*/package.json").map(({ text }) => JSON.parse(text) as Manifest);
  const services = new Set(manifests.map(({ name }) => name));
  const named = manifests.flatMap(({ name, ...others }) =>
    Object.keys({ ...others.dependencies, ...others.devDependencies, ...others.optionalDependencies })
      .filter((dependency) => services.has(dependency))
      .map((dependency) => `${name} -> ${dependency}`),
  );
  expect(services.size).toBeGreaterThan(1);
  expect(named).toEqual([]);
});

interface Manifest {
  name: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const SQL = /\bselect\b[^]*\bfrom\b|\binsert\s+into\b|\bupdate\b[^]*\bset\b|\bdelete\s+from\b/i;

test("a handler has no SQL text", () => {
  const handlers = sources("services/*/src/**/handlers/**/*.ts");
  expect(handlers.length).toBeGreaterThan(0);
  const speaking = handlers.filter(({ text }) => stringsOf(text).some((string) => SQL.test(string)));
  expect(speaking.map(({ path }) => path)).toEqual([]);
});

test("nothing is written by TypeORM's save(), which accepts a stale copy", () => {
  const all = sources("{services,packages}/*/src/**/*.ts");
  const saving = all.filter(({ text }) => /\.save\s*\(/.test(withoutComments(text)));
  expect(saving.map(({ path }) => path)).toEqual([]);
});

test("the rules of an aggregate do not look at the environment", () => {
  const rules = sources("services/*/src/**/*.ts").filter(({ path }, _, all) => {
    const plural = path.replace(/y\.ts$/, "ies.ts").replace(/(?<!ies)\.ts$/, "s.ts");
    return all.some((other) => other.path === plural);
  });
  expect(rules.length).toBeGreaterThan(0);
  const looking = rules.filter(({ text }) =>
    /\bprocess\b|\bglobalThis\b|Date\.now|new Date\(\)/.test(withoutComments(text)),
  );
  expect(looking.map(({ path }) => path)).toEqual([]);
});

const titles = sources("{packages,services,e2e}/**/*.test.ts").flatMap(({ path, text }) =>
  [...text.matchAll(/\b(?:test|it|describe)\b[^"'`\n]*\(\s*["'`](R\d[^"'`]*)/g)].map(
    ([, title]) => `${basename(path)}: ${title}`,
  ),
);

test("a test that proves requirements names them by R and three digits", () => {
  expect(titles.filter((title) => !/: R\d{3}(, R\d{3})* \S/.test(title))).toEqual([]);
});

test("each requirement that is built has a test that names it", () => {
  const missing = BUILT.split(" ").filter(
    (requirement) => !titles.some((title) => title.includes(requirement)),
  );
  expect(missing).toEqual([]);
});
const BUILT =
  "R001 R002 R003 R004 R005 R007 R008 R009 R010 R011 R012 R013 R014 R016 R017 R018 R019 R020 R021 R022 R023 R024 R025 R026 R030 R031 R033 R036 R040 R041 R042 R043 R044 R045 R046 R047 R048 R049 R050 R051 R054 R056 R058 R060 R061 R062 R063 R064 R065 R066 R067 R068 R069 R070 R071 R072 R073 R074 R080 R082 R083 R084 R085 R087 R088 R092 R098 R103 R105 R106 R107 R108 R110 R111 R120 R121 R122 R123 R124 R125 R126 R130 R141 R142 R146 R151";

/** Meta names the customer concerned; that is all the shared packages know of one. */
const ALLOWED = /\bcustomer_?id(Of)?\b|\bcustomerOf\b/gi;
const BUSINESS = /^(customer|opportunit(y|ie)|deal|campaign|complaint|prospect|invoice|ticket|quotation)s?$/;

test("a word of the business is found wherever it hides", () => {
  const text = "const dealStage = `${lost_campaigns} of our Customers`; // a ticket";
  expect(businessWords(withoutComments(text))).toEqual(["deal", "campaigns", "customers"]);
});

test("the shared packages know no word of the business", () => {
  const found = sources("packages/{kit,bus}/src/**/*.ts")
    .filter(({ path }) => !path.endsWith(".test.ts"))
    .flatMap(({ path, text }) => businessWords(withoutComments(text)).map((word) => `${path}: ${word}`));
  expect(found).toEqual([]);
});

/** customerStage, customer_stage and "customer stage" are the same two words. */
function businessWords(text: string): string[] {
  const words = text
    .replace(ALLOWED, "")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .match(/[a-z]+/g);
  return (words ?? []).filter((word) => BUSINESS.test(word));
}

test("the licence that the manifests name is the one that lies here", () => {
  const manifests = sources("package.json", "{packages,services}/*/package.json", "e2e/package.json");
  const others = manifests.filter(
    ({ text }) => (JSON.parse(text) as { license?: string }).license !== "Apache-2.0",
  );
  expect(others.map(({ path }) => path)).toEqual([]);
  expect(read("LICENSE")).toContain("Apache License");
});
