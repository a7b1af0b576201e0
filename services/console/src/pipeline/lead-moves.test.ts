import type { Lead } from "@guanxi/client/gen/guanxi";
import { expect, test } from "vitest";
import { candidateOf, NEW, startOf } from "./into.ts";
import { nameOfLead, waysOf } from "./lead-moves.ts";
import { LEAD_STATUSES, type LeadStatusName } from "./search.ts";

/** The table of the sales service, services/sales/src/leads/lead-status.ts; a service's code is not for other services. */
const NEXT: Readonly<Record<LeadStatusName, readonly LeadStatusName[]>> = {
  NEW: ["ASSIGNED", "CONTACTING", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
  ASSIGNED: ["NEW", "CONTACTING", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
  CONTACTING: ["ASSIGNED", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
  NURTURING: ["ASSIGNED", "CONTACTING", "QUALIFIED", "DISQUALIFIED"],
  QUALIFIED: ["ASSIGNED", "CONTACTING", "NURTURING", "CONVERTED", "DISQUALIFIED"],
  CONVERTED: ["QUALIFIED"],
  DISQUALIFIED: ["RECYCLED"],
  RECYCLED: ["ASSIGNED", "CONTACTING", "NURTURING", "QUALIFIED", "DISQUALIFIED"],
};
const WALKED = ["ASSIGNED", "CONTACTING", "NURTURING"];

test("R108 a lead is offered what the service takes, and nothing else", () => {
  for (const name of LEAD_STATUSES)
    for (const ownerId of ["", "u1"]) {
      const ways = waysOf({ status: `STATUS_${name}`, ownerId });
      const next = NEXT[name];
      const walked = next.filter((each) => WALKED.includes(each) && (each !== "ASSIGNED" || ownerId !== ""));
      expect(ways.walk.toSorted()).toEqual(walked.toSorted());
      expect(ways.qualify).toBe(next.includes("QUALIFIED") && name !== "CONVERTED");
      expect(ways.disqualify).toBe(next.includes("DISQUALIFIED"));
      expect(ways.recycle).toBe(next.includes("RECYCLED"));
      expect(ways.convert).toBe(next.includes("CONVERTED"));
      expect(ways.assign).toBe(name !== "CONVERTED");
    }
});

test("a lead is looked for as the customer that it would become", () => {
  const lead = { organisationName: "", personName: "黄丽华", email: "a@example.com", phone: "***" } as Lead;
  expect(candidateOf(lead)).toEqual({
    kind: "KIND_PERSON",
    displayName: "黄丽华",
    contactPoints: [{ kind: "KIND_EMAIL", value: "a@example.com" }],
  });
  expect(nameOfLead({ organisationName: "华新", personName: "黄丽华" })).toBe("华新 · 黄丽华");
});

test("only a likely customer is chosen beforehand", () => {
  const candidate = (score: number) => [
    { customerId: "c1", displayName: "华新", score, matchedFields: ["name"] },
  ];
  expect(startOf(candidate(99))).toBe("c1");
  expect(startOf(candidate(50))).toBe(NEW);
  expect(startOf([])).toBe(NEW);
});
