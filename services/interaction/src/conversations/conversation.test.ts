import fc from "fast-check";
import { expect, test } from "vitest";
import {
  answered,
  bareSubject,
  begin,
  close,
  continued,
  isOverdue,
  isSilent,
  waiting,
} from "./conversation.ts";

const NOW = new Date("2026-11-22T08:00:00Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const joining = {
  channel: "EMAIL" as const,
  customerId: null,
  contactId: null,
  partyAddress: "a@example.com",
  subject: "Re: hello",
  caseId: null,
  eventTime: NOW,
};
const fresh = continued(begin(joining, "c1", NOW), joining, NOW);
const moments = fc.integer({ min: -10_000, max: 10_000 }).map(at);

test("R061 whoever asks in which order: the longest wait counts, and the earliest due time", () => {
  const waits = fc.array(fc.record({ since: moments, due: moments }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(waits, (asked) => {
      const it = asked.reduce(waiting, fresh);
      const least = (times: Date[]) => new Date(Math.min(...times.map((time) => time.getTime())));
      expect(it.waitingSinceTime).toEqual(least(asked.map(({ since }) => since)));
      expect(it.replyDueTime).toEqual(least(asked.map(({ due }) => due)));
      expect(it.replyDueOrder).toEqual(it.replyDueTime);
    }),
  );
});

test("R061 a wait is over by an answer or by the end of the conversation, and overdue only once", () => {
  const asked = waiting(fresh, { since: NOW, due: at(60) });
  expect([isOverdue(asked, at(59)), isOverdue(asked, at(60))]).toEqual([false, true]);
  expect(isOverdue({ ...asked, overdue: true }, at(70))).toBe(false);
  for (const over of [answered(asked), close(asked, at(70))]) {
    expect(isOverdue(over, at(600))).toBe(false);
    expect(over).toMatchObject({ waitingSinceTime: null, replyDueTime: null, overdue: false });
  }
});

test("a conversation is silent after its days, but never while somebody waits", () => {
  const day = 24 * 60;
  expect([isSilent(fresh, 7, at(7 * day - 1)), isSilent(fresh, 7, at(7 * day))]).toEqual([false, true]);
  expect(isSilent(waiting(fresh, { since: NOW, due: at(1) }), 7, at(100 * day))).toBe(false);
  expect(isSilent(close(fresh, NOW), 7, at(100 * day))).toBe(false);
});

test("the subject is that of the first contact, without the marks of answers", () => {
  for (const subject of [
    "Re: invoice",
    "RE: Fwd: AW: invoice",
    "Re[2]: invoice",
    "答复： 转发: invoice",
    " invoice ",
  ])
    expect(bareSubject(subject)).toBe("invoice");
  expect(bareSubject("Reason: none")).toBe("Reason: none");
});
