import { expect, test } from "vitest";
import { leadsSearch, pipelineSearch } from "./search.ts";

const ID = "01a20354-faf4-7329-8f9d-903d9cee46bc";

test("an address keeps what it may say", () => {
  const said = {
    owner: "me",
    customer: ID,
    close: "2026-12",
    view: "list",
    sort: "amount desc",
    opportunity: ID,
  };
  expect(pipelineSearch(said)).toEqual(said);
  expect(leadsSearch({ status: "NEW", owner: "nobody", text: 2026, lead: ID })).toEqual({
    status: "NEW",
    owner: "nobody",
    text: "2026",
    lead: ID,
  });
});

test("rubbish in an address is left out, and no error", () => {
  const rubbish = [null, 7, {}, [], "", '" || true', "2026-13", "drop table"];
  for (const each of rubbish) {
    const search = Object.fromEntries(
      ["pipeline", "owner", "customer", "close", "view", "state", "sort", "opportunity"].map((name) => [
        name,
        each,
      ]),
    );
    expect(pipelineSearch(search)).toEqual({});
    expect(leadsSearch({ status: each, owner: each, lead: each })).toEqual({});
  }
});
