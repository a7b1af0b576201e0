import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Release } from "@guanxi/kit/release";
import { type Migration, withGround } from "@guanxi/kit/migrate";
import type { Step } from "@guanxi/kit/schema-steps";
import { root } from "@guanxi/local/places";
import { describe, expect, test } from "vitest";
import {
  compare,
  leftBehind,
  lostSteps,
  migrationsIn,
  readReleases,
  releaseFaults,
  releaseOf,
} from "../../services/gateway/tools/releases.ts";
import { findingsIn, findingsOf, statementsOf } from "./migration-statements.ts";

const releases = readReleases(root);
const now = await releaseOf(root);

describe("deploy/releases.json", () => {
  test("every service of the tree is in a release of the tree, with a schema or none", () => {
    expect(Object.keys(now.services)).toEqual(readdirSync(join(root, "services")).sort());
    expect(now.services.gateway).toEqual([]);
  });

  test("releases stand in order, and what one has made of a schema the next one has too", () => {
    for (const [n, release] of releases.slice(1).entries()) {
      expect(compare(release.release, releases[n]!.release)).toBeGreaterThan(0);
      expect(lostSteps(releases[n]!, release)).toEqual([]);
      expect(leftBehind(releases[n]!, release)).toEqual([]);
    }
  });

  test("the tree is the last release as it was, or one that may follow it", () => {
    expect(releaseFaults(root, releases, now)).toEqual([]);
  });

  test("it is no release while its version is that of another, or a migration is not what it was", () => {
    const released = [...releases.filter(({ release }) => release !== now.release), now];
    expect(releaseFaults(root, released, now)).toEqual([]);
    const unraised = { ...now, contract: "0123456789ab" };
    expect(releaseFaults(root, released, unraised)).toEqual([
      `${now.release} was released and is not what stands here: raise the version in each package.json.`,
    ]);
    const raised = { ...unraised, release: "99.0.0" };
    expect(releaseFaults(root, released, raised).at(-1)).toMatch(
      /package\.json is not of version 99\.0\.0\.$/,
    );
    const [step, ...others] = now.services.identity!;
    const changed = { ...now.services, identity: [{ ...step!, needs: "1" }, ...others] };
    expect(releaseFaults(root, released, { ...now, services: changed })).toContain(
      `identity: ${step!.name} was released with ${now.release} and is no more what it was.`,
    );
  });

  test("a release does not leave the one before it behind", () => {
    const first: Release = { ...now, release: "1.0.0", services: { shop: steps("Goods11", "Prices12") } };
    const after = (...added: Step[]): Release => ({
      ...first,
      release: "1.1.0",
      services: { shop: [...first.services.shop!, ...added] },
    });
    expect(leftBehind(first, after({ name: "Sizes13" }, { name: "NoNames14", needs: "12" }))).toEqual([]);
    expect(leftBehind(first, after({ name: "Sizes13" }, { name: "NoNames14", needs: "13" }))).toEqual([
      "shop: 1.0.0 would stop, for NoNames14 took away what this code uses (it knows 12): start a newer release.",
    ]);
    expect(leftBehind(first, after({ name: "Between11" }))[0]).toContain("another line of releases");
  });

  const steps = (...names: string[]): Step[] => names.map((name) => ({ name }));
});

describe("migrations since a service was first released", () => {
  // Made and changed between two releases of which the first stops on any newer schema, and on tables that were empty
  // or small by then. A line may leave, none may join.
  const TAKE = [
    "analytics Names1700000000013: alter table customer_facts alter column display_name drop default, alter column region_code drop default",
    "identity TeamManagers1700000000003: alter table teams add column manager_id uuid, add constraint teams_manager_fkey foreign key (tenant_id, manager_id) references users (tenant_id, user_id)",
  ];
  const HOLD = [
    "identity TeamManagers1700000000003: alter table teams add column manager_id uuid, add constraint teams_manager_fkey foreign key (tenant_id, manager_id) references users (tenant_id, user_id)",
    "identity TeamManagers1700000000003: create index teams_by_manager on teams (tenant_id, manager_id) where manager_id is not null",
  ];

  test("whoever drops or tightens says by `needs` which code can live with it, and nobody holds up a large table", async () => {
    const found = await Promise.all(Object.keys(now.services).map(findingsSince));
    const by = (kind: "takes" | "holds") => found.flat().flatMap((each) => each[kind]);
    expect(by("takes")).toEqual(TAKE);
    expect(by("holds")).toEqual(HOLD);
  });

  async function findingsSince(service: string) {
    const first = releases.find(({ services }) => services[service])?.services[service];
    if (!first) return [];
    const all = withGround(service, (await migrationsIn(root, service)) ?? []);
    const young = all.filter((Made) => !first.some(({ name }) => name === new Made().name));
    return Promise.all(young.map((Made) => named(service, Made)));
  }

  async function named(service: string, Made: Migration) {
    const { name, needs } = new Made();
    const { takes, holds } = await findingsOf(Made);
    const say = (text: string) => `${service} ${name}: ${text}`;
    return { takes: needs ? [] : takes.map(say), holds: holds.map(say) };
  }
});

describe("the eye for statements", () => {
  test.each([
    "drop table customers",
    "drop index customers_by_name",
    "drop function tenant()",
    "alter table customers drop column phone",
    "alter table customers drop phone",
    "alter table customers rename to people",
    "alter table customers rename column phone to telephone",
    "alter table customers alter column phone type int",
    "alter table customers alter phone set data type int",
    "alter table customers alter column phone set not null",
    "alter table customers alter column phone drop default",
    "alter table customers add column phone text not null",
    "alter table customers add column a int, add column phone numeric(3, 2) not null",
    "alter table customers add constraint phone_ok check (phone <> '') not valid",
    "create unique index concurrently customers_phone on customers (phone)",
    "revoke insert on customers from sales_app",
    "create function f() returns int language sql as $$ select 1 $$; revoke all on function g() from public",
    "do $$ begin if true then alter table customers drop column phone; end if; end $$",
  ])("%s takes something away", (text) => {
    expect(findingsIn(statementsOf(text)).takes).toHaveLength(1);
  });

  test.each([
    "create table customers (phone text not null unique)",
    "create table people (phone text); alter table people alter column phone set not null; create unique index p on people (phone)",
    "alter table customers add column phone text",
    "create function f() returns int language sql as $$ select 1 $$; revoke all on function f() from public",
    "alter table customers add column phone text not null default ''",
    "alter table customers alter column phone drop not null",
    "alter table customers drop constraint phone_ok",
    "create function f() returns void language sql as $$ drop table customers $$",
    "insert into notes values ('drop table customers')",
    "select 1 -- drop table customers",
    "create index concurrently customers_by_phone on customers (phone)",
    "alter table customers validate constraint phone_ok",
    "grant select on customers to sales_app",
  ])("%s takes nothing away, and holds nobody up", (text) => {
    expect(findingsIn(statementsOf(text))).toEqual({ takes: [], holds: [] });
  });

  test.each([
    "create index customers_by_phone on customers (phone)",
    "alter table customers add constraint phone_ok check (phone <> '')",
    "alter table customers add foreign key (owner_id) references users (user_id)",
    "alter table customers add constraint c unique (phone)",
  ])("%s holds others up", (text) => {
    expect(findingsIn(statementsOf(text)).holds).toHaveLength(1);
  });
});
