import { expect, test } from "vitest";
import { promises } from "./cases.ts";
import { generate } from "./generate.ts";
import { lifeFilesOf } from "./life-files.ts";
import { lifeOf } from "./life.ts";

const company = generate(1, 2000);
const life = lifeOf(1, company);
const NOW = new Date("2026-03-01T10:00:00Z");

test("the same seed gives the same life, another gives another", () => {
  expect(lifeOf(1, company)).toEqual(life);
  expect(lifeOf(2, company).talks).not.toEqual(life.talks);
});

test("one case in ten is a complaint, and of the open ones some are late and some are due within hours", () => {
  expect(life.cases.filter(({ kind }) => kind === "COMPLAINT")).toHaveLength(life.cases.length / 10);
  const open = life.cases.filter(({ status }) => status !== "CLOSED");
  expect(open).toHaveLength(31);
  expect(open.filter(({ kind }) => kind === "COMPLAINT")).toHaveLength(6);
  const left = open.map(({ opened, priority }) => promises[priority].solution - opened);
  expect(left.filter((minutes) => minutes < 0).length).toBeGreaterThan(5);
  expect(left.filter((minutes) => minutes > 0 && minutes <= 240).length).toBeGreaterThan(5);
});

test("a case is opened, answered, solved and closed in this order, and never in the future", () => {
  for (const { opened, answered, resolved, closed } of life.cases) {
    const times = [opened, answered, resolved, closed].filter((time) => time !== undefined);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(times.at(-1)).toBeGreaterThan(0);
  }
});

test("every address that the files name is one of nobody", async () => {
  const texts = await Promise.all(
    lifeFilesOf(life, NOW, { nps: "a", csat: "b" }).map(({ file }) => file.text()),
  );
  const hosts = texts.join("\n").match(/@[\w.-]+/g)!;
  expect(hosts.length).toBe(life.leads.length);
  expect(new Set(hosts)).toEqual(new Set(["@example.com"]));
});
