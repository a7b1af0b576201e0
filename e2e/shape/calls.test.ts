// Which service asks which, read from the code. Where two would wait for each other's answer, both would be down with one.
import { expect, test } from "vitest";
import { sources, withoutComments } from "./sources.ts";

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** A generated definition of a service: whoever has that of another service does not implement it, but calls it. */
const DEFINITION = /import \{([^}]*ServiceService[^}]*)\} from "@guanxi\/contract\/guanxi\/(\w+)\/v1\//g;
const READER = /\b(?:projection|effect)\(\s*"\w+",\s*"(\w+)"/g;
/** What no service owns: each answers these for itself. */
const SHARED = ["event", "kit", "imports", "attachments", "options"];

const code = sources("services/*/src/**/*.ts", "packages/{bus,kit,directory,import,attachments}/src/**/*.ts")
  .filter(({ path }) => !path.endsWith(".test.ts"))
  .map(({ path, text }) => ({ path, text: withoutComments(text) }));
const areaOf = (path: string) => path.split("/")[1]!.replaceAll("-", "_");
const ofServices = code.filter(({ path }) => path.startsWith("services/"));
const services = [...new Set(ofServices.map(({ path }) => areaOf(path)))].filter(
  (name) => name !== "gateway",
);
const filesOf = (service: string) => ofServices.filter(({ path }) => areaOf(path) === service);
const textOf = (service: string) =>
  filesOf(service)
    .map(({ text }) => text)
    .join("\n");

const matches = (text: string, pattern: RegExp, group = 1) =>
  [...text.matchAll(pattern)].map((match) => match[group]!);
const others = (service: string, areas: readonly string[]) =>
  new Set(areas.filter((area) => area !== service && !SHARED.includes(area)));

/** A replay of events is no question: it is done by those who are made anew, and nobody's answer waits for it. */
const replays: Graph = new Map(
  services.map((service) => [service, others(service, matches(textOf(service), READER))]),
);

/** The bus gets each service its own token of identity. */
const byPackages = matches(
  code
    .filter(({ path, text }) => path.startsWith("packages/") && text.includes("new Client("))
    .map(({ text }) => text)
    .join("\n"),
  DEFINITION,
  2,
);

/** Whoever holds a copy against its source asks each that it reads. */
const HOLDS_AGAINST = 'from "@guanxi/bus/hold-against"';

const questions: Graph = new Map(
  services.map((service) => {
    const text = textOf(service);
    const defined = matches(text, DEFINITION, 2);
    const held = text.includes(HOLDS_AGAINST) ? [...replays.get(service)!] : [];
    return [service, others(service, [...defined, ...held, ...byPackages])];
  }),
);

/** The services on a circle, as they follow one another; none where there is no circle. */
function circleIn(graph: Graph): string[] {
  const walk = (name: string, way: readonly string[]): string[] => {
    if (way.includes(name)) return [...way.slice(way.indexOf(name)), name];
    for (const next of graph.get(name) ?? []) {
      const circle = walk(next, [...way, name]);
      if (circle.length > 0) return circle;
    }
    return [];
  };
  for (const name of graph.keys()) {
    const circle = walk(name, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

test("R142 no service waits for an answer of one that waits for its own", () => {
  const asked = Object.fromEntries([...questions].map(([service, areas]) => [service, [...areas].sort()]));
  expect(asked).toMatchObject({
    identity: [],
    analytics: expect.arrayContaining(["customer", "sales", "service_desk", "interaction"]),
    marketing: expect.arrayContaining(["customer"]),
  });
  expect(circleIn(questions)).toEqual([]);
});

test("a circle would be seen", () => {
  const graph = (edges: Record<string, string[]>): Graph =>
    new Map(Object.entries(edges).map(([name, next]) => [name, new Set(next)]));
  expect(circleIn(graph({ a: ["b"], b: ["c"], c: ["b"] }))).toEqual(["b", "c", "b"]);
  expect(circleIn(graph({ a: ["a"] }))).toEqual(["a", "a"]);
  expect(circleIn(graph({ a: ["b", "c"], b: ["c"], c: [] }))).toEqual([]);
  // Replays do go both ways: as questions they would be refused.
  expect(circleIn(replays)).not.toEqual([]);
});

test("each call that is made has its definition beside it, and each address a use", () => {
  const calling = code.filter(
    ({ path, text }) => /\bmake\w+Request\(/.test(text) && !path.includes("gateway"),
  );
  expect(calling.length).toBeGreaterThan(2);
  const unknown = calling.filter(({ text }) => matches(text, DEFINITION, 2).length === 0);
  expect(unknown.map(({ path }) => path)).toEqual([]);
  for (const service of services) {
    const told = matches(textOf(service), /\b(\w+)GrpcUrl\b/g).map((name) =>
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    );
    const known = [...questions.get(service)!, ...replays.get(service)!];
    expect(
      told.filter((area) => area !== service && !known.includes(area)),
      service,
    ).toEqual([]);
  }
});
