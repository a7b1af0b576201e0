import { ConvertLeadRequest } from "@guanxi/contract/guanxi/sales/v1/lead_service";
import { Lead, Lead_DisqualifyReason as Reason } from "@guanxi/contract/guanxi/sales/v1/lead";
import fc from "fast-check";
import { expect, test } from "vitest";
import { awaits, complete, convert, putBack } from "./conversion.ts";
import { answeredOf, assign, change, disqualify, move, qualify, recycle, take } from "./lead.ts";
import type { LeadState, LeadStatus } from "./lead-state.ts";
import { movesOf, NEXT } from "./lead-status.ts";
import { present } from "./present.ts";

const now = new Date("2026-03-01T12:00:00Z");
const later = new Date("2026-03-02T12:00:00Z");
const setting = { now, today: "2026-03-01" };
const taken = (lead: object = {}): LeadState =>
  take(Lead.fromPartial({ personName: "王芳", organisationName: "华新", ...lead }), "lead", setting);
const refusalOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return (error as { reason: string }).reason;
  }
  throw new Error("it was not refused");
};

let count = 0;
const conversionSetting = { now: later, newId: () => `id ${++count}`, pipelineId: "pipeline" };
const converted = (lead: object = {}, request: object = {}) =>
  convert(
    qualify(taken(lead), { need: "seats" } as never, now),
    ConvertLeadRequest.fromPartial(request),
    conversionSetting,
  );

const verbs: Record<string, (lead: LeadState) => LeadState> = {
  assign: (lead) => assign(lead, "lin", later),
  unassign: (lead) => assign(lead, null, later),
  contact: (lead) => move(lead, "CONTACTING", later),
  nurture: (lead) => move(lead, "NURTURING", later),
  back: (lead) => move(lead, "ASSIGNED", later),
  qualify: (lead) =>
    qualify(lead, Lead.fromPartial({ qualification: { need: "seats" } }).qualification, later),
  disqualify: (lead) => disqualify(lead, { reason: Reason.JUNK, note: "" }, later),
  recycle: (lead) => recycle(lead, later),
  convert: (lead) => convert(lead, ConvertLeadRequest.fromPartial({}), conversionSetting),
  taken: (lead) =>
    awaits(lead, lead.conversion?.conversionId ?? "")
      ? complete(lead, lead.conversion!.customerId, later)
      : lead,
  refused: (lead) => (awaits(lead, lead.conversion?.conversionId ?? "") ? putBack(lead, "no", later) : lead),
};

test("R108 on any walk a lead takes only the ways of the table, and stays whole", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.keys(verbs)), { maxLength: 30 }), (walk) => {
      let lead = taken();
      for (const verb of walk) {
        const before = lead;
        try {
          lead = verbs[verb]!(before);
        } catch (error) {
          expect(["ILLEGAL_MOVE", "LEAD_CONVERTED", "LEAD_NOT_QUALIFIED"]).toContain(
            (error as { reason: string }).reason,
          );
        }
        if (lead.status !== before.status) {
          expect(NEXT[before.status]).toContain(lead.status);
          expect(lead.statusSinceTime).toBe(later);
        }
        expect(lead.status === "DISQUALIFIED").toBe(lead.disqualifyReason !== null);
        expect(lead.status === "CONVERTED").toBe(["PENDING", "DONE"].includes(lead.conversion?.state ?? ""));
        if (lead.status === "ASSIGNED") expect(lead.ownerId).not.toBeNull();
        if (lead.conversion?.state === "DONE") expect(verbs.refused!(lead)).toBe(lead);
      }
    }),
  );
});

test("each status can be reached and left as the table says", () => {
  expect(Object.keys(NEXT)).toHaveLength(8);
  for (const [status, next] of Object.entries(NEXT)) expect(next, status).not.toContain(status);
  expect(movesOf({ status: "QUALIFIED", ownerId: null })).toEqual(["CONTACTING", "NURTURING"]);
  for (const status of ["CONVERTED", "DISQUALIFIED"] as LeadStatus[])
    expect(movesOf({ status, ownerId: "lin" })).toEqual([]);
});

test("a lead with an owner is assigned, and it needs a name", () => {
  expect(taken({ ownerId: "LIN" })).toMatchObject({ status: "ASSIGNED", ownerId: "lin" });
  expect(refusalOf(() => taken({ personName: "", organisationName: "" }))).toBe("INVALID_REQUEST");
  expect(refusalOf(() => taken({ source: { firstTouchTime: later } }))).toBe("INVALID_REQUEST");
});

test("what is known of a lead counts how many of the four questions are answered", () => {
  const four = {
    budget: { currencyCode: "CNY", units: 5n, nanos: 0 },
    authority: "CEO",
    need: "seats",
    timing: { year: 2026, month: 12, day: 31 },
  };
  const lead = taken({ qualification: four });
  expect(answeredOf(lead.qualification)).toBe(4);
  expect(present(lead).qualification).toEqual({ ...four, answered: 4 });
  expect(present(taken()).qualification).toBeUndefined();
});

test("R108 a lead of an organisation becomes customer and contact, one of a person alone just a customer", () => {
  expect(converted().conversion).toMatchObject({
    opportunityName: "华新",
    state: "PENDING",
    pipelineId: "pipeline",
  });
  expect(converted().conversion!.contactId).not.toBe("");
  expect(converted({ organisationName: "" }).conversion).toMatchObject({
    contactId: "",
    opportunityName: "王芳",
  });
  expect(converted({ personName: "" }).conversion).toMatchObject({ contactId: "" });
  expect(converted({}, { customerId: "C" }).conversion).toMatchObject({
    customerId: "c",
    existingCustomer: true,
  });
  const wrong = { amount: { currencyCode: "CNY", units: -1n, nanos: 0 } };
  expect(refusalOf(() => converted({}, wrong))).toBe("INVALID_REQUEST");
});

test("R108 an answer counts for the try that it is about, and once", () => {
  const lead = converted();
  const { conversionId } = lead.conversion!;
  expect(awaits(lead, conversionId)).toBe(true);
  expect(awaits(lead, "another")).toBe(false);
  expect(awaits(complete(lead, lead.conversion!.customerId, later), conversionId)).toBe(false);
  expect(complete(lead, "known", later).conversion).toMatchObject({
    customerId: "known",
    existingCustomer: true,
  });
  const back = putBack(lead, "no", later);
  expect(awaits(back, conversionId)).toBe(false);
  expect(back).toMatchObject({ status: "QUALIFIED", conversion: { state: "REFUSED", refusal: "no" } });
  expect(refusalOf(() => change(lead, Lead.fromPartial({ personName: "x" }), later))).toBe("LEAD_CONVERTED");
});
