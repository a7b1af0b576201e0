// The chart's values, without rendering anything: what they name is there, and their schema refuses what means nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { chart, exampleFile, examples } from "./rendering.ts";
import { readingOfAll } from "./services.ts";

interface Entry {
  readonly kind?: string;
  readonly reads?: readonly string[];
  readonly consumers?: readonly string[];
}

type Json = Record<string, unknown>;

const read = (...parts: string[]) => readFileSync(path.join(...parts), "utf8");
const values = parse(read(chart, "values.yaml")) as {
  services: Record<string, Entry>;
  defaults: Json;
} & Json;
const schema = JSON.parse(read(chart, "values.schema.json")) as Json;
const accepts = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema);

/** As Helm lays the values of a person over the chart's. */
function over(below: unknown, above: unknown): unknown {
  const isTable = (each: unknown): each is Json =>
    typeof each === "object" && each !== null && !Array.isArray(each);
  if (!isTable(below) || !isTable(above)) return above;
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = over(below[key], value);
  return merged;
}

const refusal = (given: unknown) =>
  accepts(over(values, given))
    ? ""
    : accepts.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`).join("; ");

test("every service has its place in the chart", () => {
  const folders = readdirSync(path.join(root, "services")).filter((name) =>
    existsSync(path.join(root, "services", name, "package.json")),
  );
  expect(Object.keys(values.services).sort()).toEqual(folders.sort());
  expect([...readingOfAll.keys()].sort()).toEqual(
    folders.filter((name) => !["gateway", "console"].includes(name)),
  );
  for (const front of ["gateway", "console"]) expect(values.services[front]!.kind).toBe(front);
});

test.for([...readingOfAll])(
  "the chart knows whose events %s reads, and by which consumers",
  ([name, reading]) => {
    const { reads = [], consumers = [] } = values.services[name]!;
    expect({ reads: [...reads].sort(), consumers: [...consumers].sort() }).toEqual(reading);
  },
);

test("the chart is of the release that the tree is", () => {
  const { version } = JSON.parse(read(root, "package.json")) as { version: string };
  expect(parse(read(chart, "Chart.yaml"))).toMatchObject({ version, appVersion: version });
});

test("the alerts are those of deploy/alerts.yml", () => {
  expect(read(chart, "files/alerts.yml")).toBe(read(root, "deploy/alerts.yml"));
});

test.for(examples)("the example %s is of values that the schema knows", (example) => {
  expect(refusal(parse(read(exampleFile(example))))).toBe("");
});

test("the schema knows every value, and every key of it stands in values.yaml with what it means", () => {
  expect(refusal({})).toBe("");
  const { definitions } = schema as { definitions: { service: { properties: Record<string, Json> } } };
  const { properties } = definitions.service;
  const told = Object.keys(properties).filter((key) => !("description" in properties[key]!)); // those only refuse
  expect(Object.keys(values.defaults).sort()).toEqual(told.sort());
});

test("Helm can read the schema's patterns: it is a program in Go, whose expressions look neither ahead nor behind", () => {
  expect(read(chart, "values.schema.json")).not.toMatch(/\(\?[!=<]/);
});

test.for<[string, object]>([
  ["an unknown key", { servces: {} }],
  ["an unknown key of a service", { services: { sales: { replica: 3 } } }],
  ["an unknown key of the defaults", { defaults: { replica: 3 } }],
  ["an unknown key further down", { services: { sales: { autoscaling: { maxReplica: 3 } } } }],
  ["an unknown key of the network policy", { networkPolicy: { postgres: [] } }],
  ["whatever was pushed last", { image: { tag: "latest" } }],
  ["whatever was pushed last, of one service", { services: { sales: { image: { tag: "latest" } } } }],
  ["a digest that is none", { services: { sales: { image: { digest: "sha256:abc" } } } }],
  ["a way of scaling that is none", { services: { sales: { autoscaling: { by: "luck" } } } }],
  ["an environment as a list", { services: { sales: { env: [{ name: "LOG_LEVEL", value: "debug" }] } } }],
  ["a number as a setting, of which Helm would make 1e+06", { env: { DEADLINE_MS: 1_000_000 } }],
  ["a variable that is none", { env: { "log-level": "debug" } }],
  ["too little time to stop", { defaults: { terminationGracePeriodSeconds: 10 } }],
])("the schema refuses %s", ([, given]) => {
  expect(refusal(given)).not.toBe("");
});
