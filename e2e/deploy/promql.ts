// Holds a query against the series that there are: one that names what no process shows finds nothing, and says nothing.
import { parser } from "@prometheus-io/lezer-promql";

type Node = ReturnType<typeof parser.parse>["topNode"];
type Values = ReadonlySet<string>;

/** By name: each label with the values seen. */
export type Series = ReadonlyMap<string, ReadonlyMap<string, Values>>;

export interface Known {
  readonly series: Series;
  /** Labels that Prometheus adds to each of them, with the values it gives; none where they cannot be known before. */
  readonly target: ReadonlyMap<string, Values>;
}

/** The series of a page in Prometheus' text format. */
export function seriesOf(page: string): Series {
  const all = new Map<string, Map<string, Set<string>>>();
  for (const [, name, labels = ""] of page.matchAll(/^([a-z_][\w:]*)(?:\{(.*)\})? \S+$/gim)) {
    const known = all.get(name!) ?? new Map<string, Set<string>>();
    all.set(name!, known);
    for (const [, label, value] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      known.set(label!, (known.get(label!) ?? new Set()).add(value!));
  }
  return all;
}

/** What is wrong with a query; `legend` is Grafana's, with {{label}} in it. */
export function faultsOf(query: string, known: Known, legend = ""): string[] {
  const text = query.replaceAll(/\$__(rate_interval|interval|range)/g, "5m");
  const parsed = parse(text);
  if (parsed.broken) return [`${query} is no PromQL`];
  const nameless = parsed.selectors.filter(({ name }) => !known.series.has(name));
  return [
    ...nameless.map(({ name }) => `${name} is no series`),
    ...parsed.selectors.flatMap((selector) => matcherFaults(selector, known)),
    ...groupingFaults(parsed, known).map((label) => `${query} groups by ${label}, which is not there`),
    ...legendFaults(parsed, known, legend).map((label) => `${query} has no ${label} for its legend`),
  ];
}

interface Place {
  readonly from: number;
  readonly to: number;
}

interface Selector extends Place {
  readonly name: string;
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

interface Parsed {
  readonly broken: boolean;
  readonly selectors: readonly Selector[];
  readonly aggregates: readonly (Place & { readonly labels: readonly string[] })[];
}

function parse(text: string): Parsed {
  const nodes: Node[] = [];
  parser.parse(text).iterate({ enter: ({ node }) => void nodes.push(node) });
  const say = (node: Place | null) => (node ? text.slice(node.from, node.to) : "");
  const matcherOf = (node: Node) => ({
    label: say(node.getChild("LabelName")),
    operator: say(node.getChild("MatchOp")),
    value: say(node.getChild("StringLiteral")).slice(1, -1),
  });
  const selectorOf = (node: Node): Selector => {
    const matchers = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? [];
    const { from, to } = node;
    return { from, to, name: say(node.getChild("Identifier")), matchers: matchers.map(matcherOf) };
  };
  const aggregateOf = (node: Node) => {
    const grouping = node.getChild("AggregateModifier")?.getChild("GroupingLabels");
    return { from: node.from, to: node.to, labels: (grouping?.getChildren("LabelName") ?? []).map(say) };
  };
  return {
    broken: nodes.some(({ type }) => type.isError),
    selectors: nodes.filter(({ name }) => name === "VectorSelector").map(selectorOf),
    aggregates: nodes.filter(({ name }) => name === "AggregateExpr").map(aggregateOf),
  };
}

function matcherFaults({ name, matchers }: Selector, { series, target }: Known): string[] {
  const labels = series.get(name);
  if (!labels) return [];
  return matchers.flatMap(({ label, operator, value }) => {
    if (!labels.has(label) && !target.has(label)) return [`${name} has no label ${label}`];
    const values = new Set([...(labels.get(label) ?? []), ...(target.get(label) ?? [])]);
    const unseen = operator === "=" && values.size > 0 && !values.has(value);
    return unseen ? [`${name} has no ${label}="${value}"`] : [];
  });
}

function groupingFaults({ aggregates, selectors }: Parsed, known: Known): string[] {
  return aggregates.flatMap(({ from, to, labels }) => {
    const inside = selectors.filter((one) => one.from >= from && one.to <= to);
    return labels.filter((label) => !allHave(label, inside, known));
  });
}

/** What an aggregation leaves is what it groups by; without one it is what the series have. */
function legendFaults({ aggregates, selectors }: Parsed, known: Known, legend: string): string[] {
  const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!);
  const left = new Set(aggregates.flatMap(({ labels }) => labels));
  return named.filter((label) =>
    aggregates.length > 0 ? !left.has(label) : !allHave(label, selectors, known),
  );
}

const allHave = (label: string, selectors: readonly Selector[], { series, target }: Known): boolean =>
  target.has(label) || selectors.every(({ name }) => series.get(name)?.has(label) ?? true);
