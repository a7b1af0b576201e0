import { expect, test } from "vitest";
import type { InteractionState } from "../interactions/interaction-state.ts";
import { resend } from "./resend.ts";

const NOW = new Date("2026-01-31T12:00:00Z");
const sending = (minutesAgo: number, detail = "") =>
  ({
    deliveryState: "SENDING",
    delivery: { detail, stateTime: new Date(NOW.getTime() - minutesAgo * 60_000).toISOString() },
  }) as InteractionState;

test("a message is sent again once no sender can be at it any more, or its sender has said so", () => {
  expect(() => resend(sending(9.9), "lin", NOW)).toThrow(
    expect.objectContaining({ reason: "MESSAGE_UNDER_WAY" }),
  );
  expect(resend(sending(10), "lin", NOW).deliveryState).toBe("QUEUED");
  expect(resend(sending(0, "Nobody knows whether it has left."), "lin", NOW).deliveryState).toBe("QUEUED");
});

test("what came back may be sent again, what arrived may not", () => {
  const ended = (deliveryState: "BOUNCED" | "SENT" | "COMPLAINED") => ({ ...sending(0), deliveryState });
  expect(resend(ended("BOUNCED"), "lin", NOW).deliveryState).toBe("QUEUED");
  for (const state of ["SENT", "COMPLAINED"] as const)
    expect(() => resend(ended(state), "lin", NOW)).toThrow(
      expect.objectContaining({ reason: "MESSAGE_NOT_RESENDABLE" }),
    );
});
