// The chart as Go's own template engine renders it, held against Kubernetes' schemas, the services' settings and itself.
// HELM_BIN=/path/to/helm also holds the renderer against Helm. A suite of its own: `npm run chart` builds the renderer first.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { DOCUMENT_PATH } from "../../../services/gateway/src/gateway.ts";
import { type Manifest, ofKind, type Spec } from "./manifests.ts";
import { callsAllowed, closed, nothingElseAllowed, oursOnly } from "./network-checks.ts";
import {
  migrated,
  namesUnique,
  portsNamed,
  rollsWithoutGap,
  scaledByOne,
  selectorsMatch,
  sparedOnlyOfTwo,
} from "./object-checks.ts";
import * as pods from "./pod-checks.ts";
import type { Check, Known } from "./pod-checks.ts";
import { findRenderer } from "./renderer.ts";
import { chart, exampleFile, examples, render, renderByHelm } from "./rendering.ts";
import { schemaFaults } from "./schema.ts";
import { schemas } from "./services.ts";
import { spoilers } from "./spoilers.ts";

const renderer = findRenderer();
const { appVersion } = parse(readFileSync(path.join(chart, "Chart.yaml"), "utf8")) as { appVersion: string };

const plain = new Map(examples.map((example) => [example, render(renderer, example)]));
const manifestsOf = (example: string) => plain.get(example)!.manifests;

const CHECKS: Record<string, Check> = {
  schemaFaults,
  eachNameOnce: pods.eachNameOnce,
  imagesPinned: pods.imagesPinned,
  apartFromNode: pods.apartFromNode,
  fenced: pods.fenced,
  accountsWithoutRights: pods.accountsWithoutRights,
  settingsKnown: pods.settingsKnown,
  settingsTaken: pods.settingsTaken,
  secretsApart: pods.secretsApart,
  filesMounted: pods.filesMounted,
  tokensFit: pods.tokensFit,
  timeToStop: pods.timeToStop,
  namesUnique,
  selectorsMatch,
  portsNamed,
  scaledByOne,
  sparedOnlyOfTwo,
  rollsWithoutGap,
  migrated,
  closed,
  oursOnly,
  callsAllowed,
  nothingElseAllowed,
};

interface Secrets {
  readonly existingSecret?: string;
  readonly migration?: { readonly existingSecret?: string };
}

function knownOf(example: string): Known {
  const { services } = parse(readFileSync(exampleFile(example), "utf8")) as {
    services: Record<string, Secrets>;
  };
  const names = Object.values(services).flatMap(({ existingSecret, migration }) => [
    existingSecret,
    migration?.existingSecret,
  ]);
  return {
    appVersion,
    schemas,
    secrets: new Set(names.filter((name) => name !== undefined)),
  };
}

test.for(examples.flatMap((example) => Object.keys(CHECKS).map((check) => [example, check] as const)))(
  "%s: %s finds nothing",
  ([example, check]) => {
    expect(CHECKS[check]!(manifestsOf(example), knownOf(example))).toEqual([]);
  },
);

test.for(spoilers)("$check finds $what", ({ check, example, spoil }) => {
  const manifests = structuredClone(manifestsOf(example));
  spoil(manifests);
  expect(CHECKS[check]!(manifests, knownOf(example))).not.toEqual([]);
});

test("every check has been seen to find something", () => {
  expect([...new Set(spoilers.map(({ check }) => check))].sort()).toEqual(Object.keys(CHECKS).sort());
});

const names = (all: readonly Manifest[], kind: string) =>
  ofKind(all, kind).map(({ metadata }) => metadata.name);

test("the examples have between them every kind of object that the chart makes", () => {
  const kinds = new Set(examples.flatMap(manifestsOf).map(({ kind }) => kind));
  const templates = readFileSync(path.join(import.meta.dirname, "schema.ts"), "utf8");
  const known = [...templates.matchAll(/^ {2}(\w+),$/gm)].map(([, kind]) => kind!);
  expect([...kinds].sort()).toEqual(known.sort());
});

test("a service is switched off, and its neighbours are told where it is instead", () => {
  const manifests = manifestsOf("single-service");
  expect(names(manifests, "Deployment")).toEqual(["guanxi-customer", "guanxi-identity"]);
  const [customer] = ofKind(manifests, "Deployment");
  expect(customer!.spec.template.spec.containers[0].env).toContainEqual({
    name: "SALES_GRPC_URL",
    value: "dns:///guanxi-sales.sales:50051",
  });
});

test("one service's image changes its Deployment and its migration alone", () => {
  const before = manifestsOf("minimal");
  const after = render(renderer, "minimal", { services: { sales: { image: { tag: "0.2.1" } } } }).manifests;
  const specs = new Set(before.map(({ spec }) => JSON.stringify(spec)));
  const changed = after.filter(({ spec }) => !specs.has(JSON.stringify(spec)));
  expect(changed.map(({ kind }) => kind).sort()).toEqual(["Deployment", "Job"]);
  const [old, made] = [before, after].map((all) => names(all, "Job").find((name) => name.includes("sales")));
  expect(made).toMatch(/^guanxi-sales-migrate-0-2-1-[0-9a-f]{8}$/);
  expect(made).not.toBe(old);
});

test("another chart with the same images starts nothing anew", () => {
  const manifests = manifestsOf("minimal");
  const { version } = parse(readFileSync(path.join(chart, "Chart.yaml"), "utf8")) as { version: string };
  const inPods = [...ofKind(manifests, "Deployment"), ...ofKind(manifests, "Job")].map(
    ({ spec }) => spec.template,
  );
  expect(JSON.stringify(inPods)).not.toContain(`guanxi-${version}`);
});

test("a new service joins by an entry", () => {
  const support = { existingSecret: "s", migration: { existingSecret: "m" }, reads: ["customer"] };
  const { manifests } = render(renderer, "minimal", { services: { support } });
  expect(names(manifests, "Deployment")).toContain("guanxi-support");
  const gateway = ofKind(manifests, "Deployment").find(({ metadata }) => metadata.name === "guanxi-gateway")!;
  expect(gateway.spec.template.spec.containers[0].env).toContainEqual({
    name: "SUPPORT_GRPC_URL",
    value: "dns:///guanxi-support:50051",
  });
  expect(callsAllowed(manifests, knownOf("minimal"))).toEqual([]);
});

test("what has an address of the API goes to the gateway, and every other one to the console", () => {
  const api = ["/v1", "/session", "/openapi.json"].map((each) => [each, "guanxi-gateway"]);
  const ways = [...api, ["/", "guanxi-console"]];
  const production = manifestsOf("production");
  const [rule] = ofKind(production, "Ingress")[0]!.spec.rules;
  const backends = rule.http.paths.map(({ path, backend }: Spec) => [path, backend.service.name]);
  expect(backends).toEqual(ways);
  const gateway = ofKind(production, "Deployment").find(
    ({ metadata }) => metadata.name === "guanxi-gateway",
  )!;
  expect(gateway.spec.template.spec.containers[0].env).toContainEqual({
    name: "PUBLIC_URL",
    value: "https://crm.example.com",
  });
  const [route] = ofKind(manifestsOf("keda"), "HTTPRoute");
  const matched = route!.spec.rules.flatMap(({ matches = [{ path: { value: "/" } }], backendRefs }: Spec) =>
    matches.map(({ path }: Spec) => [path.value, backendRefs[0].name]),
  );
  expect(matched).toEqual(ways);
});

test.for<[string, object, string | undefined]>([
  ["the name of its route, with https", {}, "https://crm.example.com"],
  [
    "the first name that is an address",
    { hostnames: ["*.example.com", "a.example.com"] },
    "https://a.example.com",
  ],
  ["nothing where every name is meant", { hostnames: [] }, undefined],
])("the gateway is told where people come in: %s", ([, httpRoute, url]) => {
  const { manifests } = render(renderer, "keda", { httpRoute });
  const gateway = ofKind(manifests, "Deployment").find(({ metadata }) => metadata.name === "guanxi-gateway")!;
  const { env } = gateway.spec.template.spec.containers[0];
  expect(env.find(({ name }: { name: string }) => name === "PUBLIC_URL")?.value).toBe(url);
});

test("without a console every address is the gateway's", () => {
  const { manifests } = render(renderer, "production", { services: { console: { enabled: false } } });
  const [rule] = ofKind(manifests, "Ingress")[0]!.spec.rules;
  expect(rule.http.paths).toMatchObject([{ path: "/", backend: { service: { name: "guanxi-gateway" } } }]);
});

test("what a person writes counts more than a default, also when it is nothing", () => {
  const over = {
    env: { LOG_LEVEL: "warn" },
    services: {
      sales: { env: { LOG_LEVEL: "debug" }, podDisruptionBudget: { enabled: false }, replicas: 0 },
    },
  };
  const { manifests } = render(renderer, "production", { defaults: { autoscaling: { by: "" } }, ...over });
  const deployment = (name: string) =>
    ofKind(manifests, "Deployment").find((each) => each.metadata.name === name)!;
  const level = (name: string) =>
    deployment(name).spec.template.spec.containers[0].env.find(
      (each: { name: string }) => each.name === "LOG_LEVEL",
    );
  expect(level("guanxi-sales").value).toBe("debug");
  expect(level("guanxi-customer").value).toBe("warn");
  expect(deployment("guanxi-sales").spec.replicas).toBe(0);
  expect(names(manifests, "PodDisruptionBudget")).not.toContain("guanxi-sales");
});

test("NOTES say how to go on", () => {
  const { notes } = plain.get("production")!;
  expect(notes).toContain("kubectl -n crm exec -i deploy/guanxi-identity -- ");
  expect(notes).toContain("https://crm.example.com");
  expect(plain.get("minimal")!.notes).toContain(`curl http://127.0.0.1:8080${DOCUMENT_PATH}\n`);
});

test.for(["production", "single-service"])("%s: whoever is gone is missed, and nobody else", (example) => {
  const { manifests } = render(renderer, example, { prometheusRule: { enabled: true } });
  const [{ spec }] = ofKind(manifests, "PrometheusRule") as [Manifest];
  const [{ rules }] = spec.groups;
  const { groups }: Spec = parse(readFileSync(path.join(root, "deploy/alerts.yml"), "utf8"));
  const isGone = ({ alert }: Spec) => alert === "ServiceGone";
  const missed = names(manifests, "Deployment").map(
    (name) => `absent(up{job="guanxi", service="${name.replace("guanxi-", "")}"})`,
  );
  expect(rules).toEqual(
    groups[0].rules.map((rule: Spec) => (isGone(rule) ? { ...rule, expr: missed.join(" or ") } : rule)),
  );
});

const S = "services.customer";
test.for<[object, string]>([
  [{ postgresql: {} }, "postgresql: the chart brings no database: write services.<name>.existingSecret"],
  [{ replicaCount: 2 }, "replicaCount: write services.<name>.replicas, or defaults.replicas for all."],
  [{ customer: {} }, "customer: write it under services, as services.customer."],
  [{ services: { customer: { hpa: {} } } }, `${S}.hpa: write autoscaling.by: cpu.`],
  [
    { services: { customer: { databaseUrl: "x" } } },
    `${S}.databaseUrl: an address with a password belongs in a Secret`,
  ],
  [{ image: { registry: "" } }, "image.registry is missing: write where you have pushed the images"],
  [{ people: { issuer: "" } }, "people.issuer is missing: "],
  [{ people: { keysUrl: "" } }, "people.keysUrl or people.keysConfigMap: write one of them"],
  [
    { services: { customer: { existingSecret: "" } } },
    `${S}.existingSecret is missing: name a Secret with the keys`,
  ],
  [
    { services: { customer: { migration: { existingSecret: "" } } } },
    `${S}.migration.existingSecret is missing`,
  ],
  [{ services: { customer: { reads: ["nobody"] } } }, `${S}.reads names nobody, which is not under services`],
  [
    { services: { customer: { replicas: 3, autoscaling: { by: "cpu" } } } },
    `${S}.replicas and autoscaling do not go`,
  ],
  [
    { services: { customer: { autoscaling: { by: "cpu", minReplicas: 9 } } } },
    "minReplicas is above maxReplicas",
  ],
  [{ services: { customer: { autoscaling: { by: "lag" } } } }, "nats.monitoring is missing"],
  [
    { services: { gateway: { autoscaling: { by: "lag" } } } },
    "services.gateway.autoscaling.by: lag needs consumers",
  ],
  [
    { services: { customer: { env: { NATS_URL: "x" } } } },
    `${S}.env may not hold NATS_URL: it carries a password`,
  ],
  [{ services: { identity: { enabled: false } } }, "tokens.keysUrl is missing"],
  [{ ingress: { enabled: true } }, "ingress.hosts is missing"],
  [{ httpRoute: { enabled: true } }, "httpRoute.parentRefs is missing"],
  [
    { ingress: { enabled: true, hosts: ["a"] }, services: { gateway: { enabled: false } } },
    "ingress and httpRoute lead to the gateway",
  ],
])("%j is refused with a sentence", ([over, sentence]) => {
  expect(() => render(renderer, "minimal", over)).toThrow(sentence);
});

test("all faults are told at once", () => {
  const over = { replicaCount: 2, people: { issuer: "" }, image: { registry: "" } };
  for (const fault of ["replicaCount: ", "people.issuer is missing", "image.registry is missing"])
    expect(() => render(renderer, "minimal", over)).toThrow(fault);
});

const { HELM_BIN: helm } = process.env;
const byName = (all: readonly Manifest[]) =>
  new Map(all.map((each) => [`${each.kind} ${each.metadata.name}`, each]));

test.for(helm ? examples : [])("%s: Helm itself renders the same", (example) => {
  expect(byName(renderByHelm(helm!, example))).toEqual(byName(manifestsOf(example)));
});
