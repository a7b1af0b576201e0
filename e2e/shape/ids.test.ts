import type { DescMessage } from "@bufbuild/protobuf";
import { loadContract, optionOf } from "@guanxi/kit/contract";
import { expect, test } from "vitest";
import { sources } from "./sources.ts";

// What is published, kept and read again is told apart by the id of its aggregate alone. Two aggregates of a service with one id
// count their versions together: whoever reads both takes what is new of the one for something old of the other.

const IDENTIFIER = 8;
const contract = loadContract();
const states = statesOf();

// One for each tenant, under the tenant's id: they were released without saying so.
const UNSAID = ["analytics.v1.ValuePlan", "identity.v1.Tenant", "interaction.v1.FeedbackPolicy"];

test("each aggregate of an area has one id, which is no other one's", () => {
  const ids = states.map((state) => ({ area: state.file.proto.package, names: identifiersOf(state), state }));
  expect(ids.length).toBeGreaterThan(40);
  const unclear = ids.filter(({ names }) => names.length !== 1).map(({ state }) => state.typeName);
  expect(unclear.sort()).toEqual(UNSAID.map((name) => `guanxi.${name}`));
  expect(twice(ids.flatMap(({ area, names }) => names.map((name) => `${area}.${name}`)))).toEqual([]);
});

test("no two tables with a public state have one id in a service", () => {
  const ids = sources("services/*/src/**/*.ts").flatMap(({ path, text }) =>
    isPublic(text) ? matches(text, PRIMARY).map((id) => `${path.split("/")[1]}: ${id}`) : [],
  );
  expect(ids.length).toBeGreaterThan(40);
  expect(twice(ids)).toEqual([]);
});

test("of a service at most one aggregate goes by the tenant's own id", () => {
  const tables = sources("services/*/src/**/*.ts").flatMap(({ path, text }) =>
    matches(text, BY_TENANT).map((table) => `${path.split("/")[1]}: ${table}`),
  );
  const services = [...new Set(tables)].map((table) => table.split(":")[0]!);
  expect(services.length).toBeGreaterThan(2);
  expect(twice(services)).toEqual([]);
});

test("what shares an id is found", () => {
  expect(isPublic("  message: Deal,\n")).toBe(true);
  expect(isPublic("  message: Codec<M>,\n")).toBe(false);
  expect(matches('dealId: { name: "deal_id", type: "uuid", primary: true },', PRIMARY)).toEqual(["deal_id"]);
  expect(matches("await lockFound(at, policies, [at.tenantId]);", BY_TENANT)).toEqual(["policies"]);
  expect(twice(["a", "b", "a", "a"])).toEqual(["a"]);
});

// The tenant of a row, of which a state knows nothing, is no id of it.
const PRIMARY = /name: "(\w+)", type: "uuid", primary: true \}/g;
const BY_TENANT = /\b(?:find|get|lock|lockFound)\(at, (\w+), \[?at\.tenantId\b/g;
const isPublic = (text: string) => /\bmessage: [A-Z]\w+(?:,|\s*\})/.test(text);

const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, group]) => group!);
const twice = (names: string[]) => [...new Set(names.filter((name, place) => names.indexOf(name) !== place))];

function statesOf(): DescMessage[] {
  const events = [...contract.files].filter(({ name }) => /^guanxi\/.*_events$/.test(name));
  const states = events.flatMap(({ messages }) =>
    messages.flatMap(({ fields }) => fields.find(({ number }) => number === 2)?.message ?? []),
  );
  return [...new Set(states)];
}

const identifiersOf = ({ fields }: DescMessage): string[] =>
  fields
    .filter((field) =>
      (optionOf(contract, field, "google.api.field_behavior") as number[] | undefined)?.includes(IDENTIFIER),
    )
    .map(({ name }) => name);
