import { Channel, Consent_State as State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { expect, test } from "vitest";
import { withConsent } from "./consents.ts";

const now = new Date("2026-03-01T12:00:00Z");
const earlier = new Date("2026-02-01T12:00:00Z");
const granted = {
  channel: Channel.EMAIL,
  purpose: "marketing",
  state: State.GRANTED,
  evidence: "web form",
  time: undefined,
};

test("the newest word on a channel and purpose counts", () => {
  const first = withConsent([], granted, earlier);
  const second = withConsent(first, { ...granted, purpose: "survey" }, earlier);
  const third = withConsent(second, { ...granted, state: State.WITHDRAWN }, now);
  expect(third).toHaveLength(2);
  expect(third[0]).toMatchObject({ state: State.WITHDRAWN, time: now.toISOString() });
  expect(third[1]).toMatchObject({ purpose: "survey", state: State.GRANTED });
});

test("the same word again changes nothing", () => {
  const first = withConsent([], granted, earlier);
  expect(withConsent(first, granted, now)).toBe(first);
  expect(withConsent(first, { ...granted, time: earlier }, now)).toBe(first);
});

test("an older word does not undo a newer one", () => {
  const first = withConsent([], granted, now);
  expect(() => withConsent(first, { ...granted, state: State.WITHDRAWN, time: earlier }, now)).toThrow(
    expect.objectContaining({ reason: "CONSENT_OUTDATED" }),
  );
});

test("nobody has said anything in the future", () => {
  const future = new Date(now.getTime() + 1);
  expect(() => withConsent([], { ...granted, time: future }, now)).toThrow(
    expect.objectContaining({ violations: [expect.objectContaining({ field: "consent.time" })] }),
  );
});
