import { setTimeout as pause } from "node:timers/promises";
import {
  Opportunity_LostReason as LostReason,
  type Opportunity,
} from "@guanxi/contract/guanxi/sales/v1/opportunity";
import { Actor_Kind } from "@guanxi/contract/guanxi/event/v1/event";
import type { TestUser } from "@guanxi/testkit/service";
import fc from "fast-check";
import { expect, test } from "vitest";
import { historyOf, lose, move, open, read, reopen, update, win, yuan } from "./calls.ts";
import { salesService } from "./service.ts";

const service = salesService();

test("R107 the history says who changed which field when, from what to what", async () => {
  const lin = await service.user();
  const chen = await service.user({ tenantId: lin.tenantId, name: "Chen" });
  const made = await open(lin, { amount: yuan(1000) });
  const changed = await update(chen, made, { amount: yuan(1200), nextStep: "报价" });
  await move(lin, made.opportunityId, "proposal");
  const { changes } = await historyOf(lin, made.opportunityId);
  const told = (version: number) =>
    Object.fromEntries(
      changes
        .filter((change) => change.version === version)
        .map(({ field, oldValue, newValue }) => [field, [oldValue, newValue]]),
    );
  expect(told(1)).toMatchObject({
    display_name: ["", '"两百套座椅"'],
    stage_id: ["", '"prospecting"'],
    probability: ["", "10"],
  });
  expect(told(2)).toEqual({
    amount: ['{"currency_code":"CNY","units":"1000"}', '{"currency_code":"CNY","units":"1200"}'],
    weighted_amount: ['{"currency_code":"CNY","units":"100"}', '{"currency_code":"CNY","units":"120"}'],
    next_step: ["", '"报价"'],
  });
  expect(told(3)).toMatchObject({ stage_id: ['"prospecting"', '"proposal"'], probability: ["10", "50"] });
  expect(changes.find(({ version }) => version === 2)).toMatchObject({
    time: changed.updateTime,
    actor: { kind: Actor_Kind.USER, id: chen.userId, name: "Chen" },
  });
});

test("R107 the history goes on page by page", async () => {
  const lin = await service.user();
  const { opportunityId } = await open(lin);
  for (const stageId of ["proposal", "negotiation", "prospecting", "qualification"])
    await move(lin, opportunityId, stageId);
  const whole = (await historyOf(lin, opportunityId)).changes;
  const pieces = [];
  let pageToken = "";
  do {
    const page = await historyOf(lin, opportunityId, { pageSize: 2, pageToken });
    pieces.push(...page.changes);
    pageToken = page.nextPageToken;
  } while (pageToken);
  expect(pieces).toEqual(whole);
  expect(new Set(whole.map(({ version }) => version))).toEqual(new Set([1, 2, 3, 4, 5]));
});

const deed = fc.oneof(
  fc.record({ verb: fc.constant("move"), value: fc.constantFrom("prospecting", "proposal", "negotiation") }),
  fc.record({ verb: fc.constant("amount"), value: fc.integer({ min: 0, max: 1_000_000 }).map(String) }),
  fc.record({ verb: fc.constantFrom("win", "lose", "reopen"), value: fc.constant("") }),
);

function act(lin: TestUser, before: Opportunity, { verb, value }: { verb: string; value: string }) {
  const { opportunityId } = before;
  switch (verb) {
    case "move":
      return move(lin, opportunityId, value);
    case "amount":
      return update(lin, before, { amount: yuan(Number(value)) }, ["amount"]);
    case "win":
      return win(lin, opportunityId, { amount: yuan(7) });
    case "lose":
      return lose(lin, opportunityId, { lostReason: LostReason.TIMING });
    default:
      return reopen(lin, opportunityId, { reason: "x" });
  }
}

test("R107 whatever happens to it, each moment shows it as it was then", { timeout: 60_000 }, async () => {
  const lin = await service.user();
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { maxLength: 12 }), async (deeds) => {
      let now = await open(lin, { amount: yuan(5) });
      const was = new Map([[now.updateTime!.getTime(), now]]);
      for (const each of deeds) {
        await pause(2); // two versions of one millisecond are one moment
        now = await act(lin, now, each).catch(() => now);
        was.set(now.updateTime!.getTime(), now);
      }
      const times = [...was.keys()];
      for (const [index, time] of times.entries()) {
        expect(await read(lin, now.opportunityId, new Date(time))).toEqual(was.get(time));
        const before = times[index - 1];
        const justBefore = read(lin, now.opportunityId, new Date(time - 1));
        if (before === undefined) await expect(justBefore).rejects.toMatchObject({ code: "NOT_FOUND" });
        else expect(await justBefore).toEqual(was.get(before));
      }
      expect(await read(lin, now.opportunityId)).toEqual(now);
    }),
    { numRuns: 12 },
  );
});

test("R107 another company's history is not there", async () => {
  const [lin, stranger] = [await service.user(), await service.user()];
  const { opportunityId } = await open(lin);
  await expect(historyOf(stranger, opportunityId)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(read(stranger, opportunityId, new Date())).rejects.toMatchObject({ code: "NOT_FOUND" });
});
