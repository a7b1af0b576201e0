// What operators look at is written by hand, and asks for names that the code makes: here both are held together.
import { globSync, readFileSync } from "node:fs";
import { loadContract } from "@guanxi/kit/contract";
import { createLog } from "@guanxi/kit/log";
import { startService } from "@guanxi/testkit/service";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { customer } from "../../services/customer/src/app.ts";
import { configOf } from "../../services/gateway/src/config.ts";
import { createGateway } from "../../services/gateway/src/gateway.ts";
import { listen } from "@guanxi/kit/listen";
import { faultsOf, type Known, seriesOf } from "./promql.ts";

const SERVICES = globSync("services/*").map((path) => path.slice("services/".length));
const yaml = (path: string) => parse(readFileSync(`deploy/${path}`, "utf8")) as unknown;

const prometheus = yaml("prometheus.yml") as {
  scrape_configs: { job_name: string; dns_sd_configs?: { names: string[]; type: string; port: number }[] }[];
};
const scraped = prometheus.scrape_configs.find(({ job_name }) => job_name === "guanxi")!.dns_sd_configs![0]!;

const alerts = (
  yaml("alerts.yml") as {
    groups: {
      rules: {
        alert: string;
        expr: string;
        for: string;
        labels: { severity: string };
        annotations: Record<string, string>;
      }[];
    }[];
  }
).groups.flatMap(({ rules }) => rules);

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { uid: string };
  readonly gridPos: { x: number; y: number; w: number; h: number };
  readonly targets?: { expr: string; legendFormat: string; datasource: { uid: string } }[];
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { list: { name: string; query: { query: string }; datasource: { uid: string } }[] };
}

const files = globSync("deploy/grafana/dashboards/*.json").toSorted();
const dashboards = files.map((path) => JSON.parse(readFileSync(path, "utf8")) as Dashboard);

let known: Known;
const stops: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

/** A service and a gateway before it, in this process and therefore on one page, after a request and an event. */
beforeAll(async () => {
  const service = await startService(customer);
  const areas = Object.keys(configOf(loadContract()).shape).filter((key) => key.endsWith("GrpcUrl"));
  const areaOf = (key: string) =>
    key.slice(0, -"GrpcUrl".length).replaceAll(/[A-Z]/g, (part) => `_${part.toLowerCase()}`);
  const addresses = areas.map((key) => [areaOf(key), service.grpcAddress()]);
  const gateway = createGateway({
    contract: loadContract(),
    addresses: Object.fromEntries(addresses) as Record<string, string>,
    log: createLog("gateway", "silent"),
  });
  const http = await listen(gateway.app, "127.0.0.1", 0);
  stops.push(async () => {
    await http.stop(0);
    gateway.close();
    await service.stop();
  });
  const { token } = await service.user();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ displayName: "Morning Light" });
  const url = `http://127.0.0.1:${http.port}/v1/categories`;
  const answer = await fetch(url, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`the request failed with ${answer.status}`);
  await service.settled();
  const page = await (await fetch(`${service.managementUrl()}/metrics`)).text();
  const series = new Map([...seriesOf(page), ...BUILT_IN]);
  const jobs = new Set(prometheus.scrape_configs.map(({ job_name }) => job_name));
  known = {
    series,
    target: new Map([
      ["job", jobs],
      ["service", new Set(scraped.names)],
      ["instance", new Set<string>()],
    ]),
  };
});

/** Prometheus' own. */
const BUILT_IN = seriesOf('up 1\nALERTS{alertname="x",alertstate="firing",severity="warning"} 1');

test("what the queries are held against is what a process shows", () => {
  expect(known.series.size).toBeGreaterThan(50);
  const methods = known.series.get("grpc_server_handling_seconds_count")!.get("method")!;
  expect([...methods].filter((method) => method.startsWith("guanxi.event."))).toHaveLength(1); // as dashboards leave out
  expect(known.series.get("grpc_server_handling_seconds_bucket")?.has("le")).toBe(true);
});

test.each([
  ["relay_unpublished", "relay_unpublished is no series"],
  ["up{jobs='guanxi'}", "up has no label jobs"],
  ["up{service='costumer'}", 'up has no service="costumer"'],
  ["db_pool_connections{state='used'}", 'db_pool_connections has no state="used"'],
  ["sum by (reader) (reader_dead_letters)", /groups by reader/],
  ["sum(rate(up[5m])", /is no PromQL/],
])("a query that finds nothing is told: %s", (query, fault) => {
  expect(faultsOf(query, known)).toEqual([typeof fault === "string" ? fault : expect.stringMatching(fault)]);
});

test("so is a legend that names what is left out", () => {
  expect(faultsOf("sum by (service) (up)", known, "{{service}} {{instance}}")).toHaveLength(1);
  expect(faultsOf("reader_dead_letters", known, "{{consumers}}")).toHaveLength(1);
});

describe.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))("%s", (_, dashboard) => {
  const { panels, templating } = dashboard;

  test("asks for what there is", () => {
    const targets = panels.flatMap(({ targets = [] }) => targets);
    expect(targets.length).toBeGreaterThan(5);
    expect(targets.flatMap(({ expr, legendFormat }) => faultsOf(expr, known, legendFormat))).toEqual([]);
    const variables = templating.list.map(({ query }) => /^label_values\((.+), (\w+)\)$/.exec(query.query)!);
    expect(variables.flatMap(([, expr, label]) => faultsOf(expr!, known, `{{${label}}}`))).toEqual([]);
    const used = new Set(JSON.stringify(panels).match(/(?<=\$)[a-z]\w*/g));
    expect([...used]).toEqual(templating.list.map(({ name }) => name));
  });

  test("is one that Grafana can show", () => {
    const { datasources } = yaml("grafana/provisioning/datasources/prometheus.yaml") as {
      datasources: { uid: string }[];
    };
    const uids = JSON.stringify(dashboard).match(/"datasource":\{[^}]*\}/g)!;
    expect(new Set(uids)).toEqual(
      new Set([`"datasource":{"type":"prometheus","uid":"${datasources[0]!.uid}"}`]),
    );
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ type, description }) => type !== "row" && !description)).toEqual([]);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
    expect(JSON.stringify(dashboard)).not.toMatch(/https?:\/\/|localhost|"iteration"|"__inputs"/);
  });
});

test("dashboards are told apart", () => {
  expect(dashboards.length).toBe(3);
  for (const key of ["uid", "title"] as const)
    expect(new Set(dashboards.map((dashboard) => dashboard[key])).size).toBe(dashboards.length);
});

test("alerts ask for what there is, and say what to do", () => {
  expect(alerts.length).toBeGreaterThan(5);
  for (const { expr, annotations, labels, for: long } of alerts) {
    const told = Object.values(annotations).join(" ");
    const legend = told.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, "{{$1}}");
    expect(faultsOf(expr, known, legend)).toEqual([]);
    expect(Object.keys(annotations)).toEqual(["summary", "runbook"]);
    expect(labels.severity).toMatch(/^(critical|warning)$/);
    expect(long).toMatch(/^\d+m$/);
    expect(told).not.toMatch(/https?:/);
  }
});

test("every service is asked, and missed when it is gone", () => {
  expect(scraped.names.toSorted()).toEqual(SERVICES.toSorted());
  expect(scraped).toMatchObject({ type: "A", port: 9000 });
  const gone = alerts.find(({ alert }) => alert === "ServiceGone")!.expr;
  const missed = [...gone.matchAll(/absent\(up\{job="guanxi", service="([\w-]+)"\}\)/g)];
  expect(missed.map(([, service]) => service!).toSorted()).toEqual(SERVICES.toSorted());
});

test("the collector's pipelines are made of what it has", () => {
  const collector = yaml("otel-collector.yaml") as Record<string, Record<string, unknown>> & {
    service: { extensions: string[]; pipelines: Record<string, Record<string, string | string[]>> };
  };
  const has = (...kinds: string[]) => kinds.flatMap((kind) => Object.keys(collector[kind] ?? {}));
  const missing = Object.values(collector.service.pipelines).flatMap((pipeline) => [
    ...listOf(pipeline.receivers).filter((name) => !has("receivers", "connectors").includes(name)),
    ...listOf(pipeline.processors).filter((name) => !has("processors").includes(name)),
    ...listOf(pipeline.exporters).filter((name) => !has("exporters", "connectors").includes(name)),
  ]);
  expect(missing).toEqual([]);
  expect(has("extensions")).toEqual(collector.service.extensions);
  const compose = readFileSync("deploy/compose.yaml", "utf8");
  const told = /TRACES_EXPORTERS: "\[(\w+)\$\{TRACES_ENDPOINT:\+, (\w+)\}\]"/.exec(compose)!;
  expect(has("exporters", "connectors")).toEqual(expect.arrayContaining(told.slice(1)));
});

/** Or what stands for a list where the environment says none. */
const listOf = (names: string | string[] = []) =>
  typeof names === "string" ? /:-\[(.*)\]\}$/.exec(names)![1]!.split(", ") : names;
