// deploy/compose.yaml without an engine: that nothing is left out of it, and nothing let in.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "@guanxi/local/places";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { type Compose, type ComposeService, faultsOf } from "./compose-faults.ts";

const text = readFileSync(path.join(root, "deploy/compose.yaml"), "utf8");
const compose = parse(text, { merge: true }) as Compose;
const folders = readdirSync(path.join(root, "services")).map((name) => ({
  name,
  migrates: existsSync(path.join(root, "services", name, "src/migrations")),
}));

/** What is found where one service is another. */
function withChanged(name: string, change: Partial<ComposeService>): string[] {
  expect(Object.keys(compose.services)).toContain(name);
  const service = { ...compose.services[name], ...change };
  return faultsOf({ ...compose, services: { ...compose.services, [name]: service } }, folders);
}

function without(name: string): string[] {
  const { [name]: _, ...services } = compose.services;
  return faultsOf({ ...compose, services }, folders);
}

test("nothing is amiss", () => {
  expect(folders.filter(({ migrates }) => migrates).length).toBeGreaterThanOrEqual(4);
  expect(faultsOf(compose, folders)).toEqual([]);
});

test("a gateway that has begun with the demo people begins anew once they are to be left out", () => {
  // Compose does so where what stands here has changed; the file that it reads at its start has no part in that.
  const { environment = {}, labels = {} } = compose.services.gateway as ComposeService & { labels?: object };
  expect(Object.values({ ...environment, ...labels })).toEqual(
    expect.arrayContaining(["${OIDC_ISSUER:-}", "${GUANXI_DEMO:-morning-light}"]),
  );
});

test.each(folders)("services/$name cannot be left out", ({ name, migrates }) => {
  expect(without(name)).toContain(`${name}: services/${name} has no container`);
  if (migrates) expect(without(`${name}-migrate`)).toContain(`${name}: nothing migrates it`);
});

test("a service that joins has to be named everywhere", () => {
  expect(faultsOf(compose, [...folders, { name: "shop", migrates: true }])).toEqual([
    "shop: services/shop has no container",
  ]);
  const shop = { ...compose.services.sales };
  const services = { ...compose.services, shop };
  expect(faultsOf({ ...compose, services }, [...folders, { name: "shop", migrates: true }])).toEqual([
    "shop: its version is not SHOP_VERSION",
    "shop: it cannot be built",
    "shop: nothing migrates it",
    "shop: it does not wait for its migration",
    "shop: setup gives it no secrets",
    "shop: setup gives its migration no secrets",
    "shop: the gateway does not find it",
    "shop: identity would not know it",
    "shop: it sees sales-secrets",
  ]);
});

const BROKEN: readonly [string, Partial<ComposeService>, string][] = [
  ["sales", { read_only: false }, "its root can be written"],
  ["sales", { cap_drop: [] }, "it has root's powers"],
  ["sales", { security_opt: undefined }, "it may become somebody else"],
  ["nats", { mem_limit: undefined }, "it has no mem_limit"],
  ["edge", { logging: undefined }, "it has no logging"],
  ["sales", { container_name: "sales" }, "it has container_name"],
  ["sales", { privileged: true }, "it has privileged"],
  ["nats", { image: "nats:latest" }, "its image nats:latest names no release"],
  ["nats", { image: "nats" }, "its image nats names no release"],
  ["edge", { image: "haproxy:alpine" }, "its image haproxy:alpine names no release"],
  ["sales", { healthcheck: { disable: true } }, "nobody asks for its health"],
  ["postgres", { healthcheck: undefined }, "nobody asks for its health"],
  ["postgres", { restart: "always-not" }, "it would stay down"],
  ["sales", { stop_grace_period: undefined }, "it has no time to end"],
  ["postgres", { ports: ["5432:5432"] }, "it is open to the world, beside the edge"],
  ["grafana", { ports: ["3000:3000"] }, "it is open to the world, beside the edge"],
  ["nats", { networks: ["inside", "outside"] }, "there is a way to it from outside"],
  ["sales", { volumes: ["secrets:/run/guanxi/own"] }, "it sees all secrets"],
  ["sales", { volumes: ["customer-secrets:/run/guanxi/own"] }, "it sees customer-secrets"],
  ["sales", { volumes: ["sales-migrate-secrets:/run/guanxi/own"] }, "it sees sales-migrate-secrets"],
  ["sales-migrate", { volumes: ["secrets:/run/guanxi/secrets"] }, "it sees all secrets"],
  ["sales-migrate", { volumes: ["customer-migrate-secrets:/run/x"] }, "it sees customer-migrate-secrets"],
  [
    "sales",
    { image: "${GUANXI_REGISTRY:-guanxi}/sales:${SALES_VERSION:-0.5.0}" },
    "its image may be anybody's where no registry is named",
  ],
  ["sales", { environment: { NATS_URL: "nats://sales:x@nats" } }, "NATS_URL stands there for all to read"],
  ["sales", { environment: { ELSEWHERE: "http://a:b@c" } }, "ELSEWHERE stands there for all to read"],
  [
    "setup",
    { environment: { GUANXI_SECRET: "${GUANXI_SECRET:-x}" } },
    "GUANXI_SECRET stands there for all to read",
  ],
  ["sales", { depends_on: {} }, "it does not wait for its migration"],
];

test.each(BROKEN)("it is noticed of %s: %j", (name, change, fault) => {
  expect(withChanged(name, change)).toContain(`${name}: ${fault}`);
});

test("what ends is waited for by what lasts, or `up --wait` would not end well", () => {
  expect(withChanged("gateway", { depends_on: {} })).toContain(
    "identity-provision: nobody waits for it, so `up --wait` would fail",
  );
});

test("the edge is told what haproxy.cfg asks for, or it would not start", () => {
  const cfg = readFileSync(path.join(root, "deploy/haproxy.cfg"), "utf8");
  const asked = [...cfg.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!);
  expect(asked).toContain("CONNECTIONS_PER_SOURCE");
  expect(Object.keys(compose.services.edge!.environment!)).toEqual([...new Set(asked)]);
});

test("one variable has to be set, and compose says how", () => {
  const required = [...text.matchAll(/\$\{(\w+):?\?([^}]*)\}/g)];
  expect(required.map(([, name]) => name)).toEqual(["GUANXI_SECRET"]);
  expect(required[0]![2]).toContain("openssl rand -hex 32");
});
