import fc from "fast-check";
import { expect, test } from "vitest";
import { chooseChannel, CONNECTED, type Wish } from "./choose-channel.ts";

const CHANNELS = ["EMAIL", "PHONE", "SMS", "WECHAT", "SOCIAL", "POST", "VISIT"] as const;
const reaches: fc.Arbitrary<Wish["reach"]> = fc.record({
  points: fc.array(
    fc.record({
      kind: fc.constantFrom("EMAIL" as const, "PHONE" as const, "WECHAT" as const, null),
      value: fc.constantFrom("a", "b"),
      primary: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  preferredChannels: fc.uniqueArray(fc.constantFrom(...CHANNELS), { maxLength: 3 }),
  consents: fc.array(
    fc.record({
      channel: fc.constantFrom(...CHANNELS),
      purpose: fc.constantFrom("service", "survey", "marketing"),
      state: fc.constantFrom("GRANTED" as const, "WITHDRAWN" as const),
    }),
    { maxLength: 3 },
  ),
  bounced: fc.subarray(["a", "b"]),
});
const wishes = fc.record({
  channel: fc.constantFrom(...CHANNELS, null),
  purpose: fc.constantFrom("service", "survey", "marketing"),
  reach: reaches,
});

test("R005 whatever is known and wished, no message goes where its purpose is unwanted, where mail came back, or where we cannot send", () => {
  fc.assert(
    fc.property(wishes, fc.boolean(), (wish, allowReroute) => {
      const choice = chooseChannel(wish, allowReroute);
      if ("why" in choice) {
        expect(choice.why).not.toBe("");
        return;
      }
      const { channel, address, rerouteReason } = choice;
      const { preferredChannels, points, consents, bounced } = wish.reach;
      expect(CONNECTED).toContain(channel);
      expect(points.map(({ value }) => value)).toContain(address);
      expect(bounced).not.toContain(address);
      const said = consents.find((each) => each.channel === channel && each.purpose === wish.purpose);
      expect(said?.state).not.toBe("WITHDRAWN");
      if (wish.purpose === "marketing") expect(said?.state).toBe("GRANTED");
      const planned = wish.channel ?? preferredChannels[0] ?? "EMAIL";
      if (rerouteReason === "") expect(channel).toBe(planned);
      if (!allowReroute) expect(channel).toBe(planned);
    }),
  );
});

const known = [{ kind: "EMAIL" as const, value: "a", primary: true }];

test.for(["PHONE", "WECHAT"] as const)(
  "R005 who prefers %s, on which nothing can be sent, is written to where that is possible",
  (preferred) => {
    const reach = { points: known, preferredChannels: [preferred], consents: [], bounced: [] };
    const wish = { channel: "EMAIL" as const, purpose: "service", reach };
    expect(chooseChannel(wish, false)).toEqual({ channel: "EMAIL", address: "a", rerouteReason: "" });
    expect(chooseChannel({ ...wish, channel: null }, false)).toMatchObject({ reason: "UNREACHABLE" });
    const rerouteReason = `No message can be sent on ${preferred} from here.`;
    expect(chooseChannel({ ...wish, channel: null }, true)).toMatchObject({
      channel: "EMAIL",
      rerouteReason,
    });
    const consents = [{ channel: "EMAIL" as const, purpose: "service", state: "WITHDRAWN" as const }];
    expect(chooseChannel({ ...wish, reach: { ...reach, consents } }, true)).toMatchObject({
      reason: "MESSAGE_UNWANTED",
    });
  },
);

test("R005 a channel that is not among the preferred ones gives way to one that can be used", () => {
  const reach = { points: known, preferredChannels: ["EMAIL" as const], consents: [], bounced: [] };
  const wish = { channel: "PHONE" as const, purpose: "service", reach };
  expect(chooseChannel(wish, false)).toMatchObject({ reason: "MESSAGE_UNWANTED" });
  expect(chooseChannel(wish, true)).toMatchObject({
    channel: "EMAIL",
    rerouteReason: "The customer prefers EMAIL.",
  });
});

test("R005 leave to go another way never makes less possible", () => {
  fc.assert(
    fc.property(wishes, (wish) => {
      const strict = chooseChannel(wish, false);
      const free = chooseChannel(wish, true);
      expect("why" in strict || free).toEqual("why" in strict || strict);
    }),
  );
});
