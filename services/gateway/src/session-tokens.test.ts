// With an identity that is slow, away, or says no, as a real one is at will only at great cost.
import { status } from "@grpc/grpc-js";
import { afterEach, expect, test, vi } from "vitest";
import type { IdentitySessions } from "./identity-sessions.ts";
import { sessionTokens } from "./session-tokens.ts";

afterEach(() => vi.useRealTimers());

function anIdentity() {
  const state = { away: false, over: false, broken: false, tokens: 0, uses: 0 };
  const refused = () => Object.assign(new Error("over"), { code: status.UNAUTHENTICATED });
  const identity: IdentitySessions = {
    create: async () => "",
    async token() {
      if (state.over) throw refused();
      state.tokens += 1;
      return { accessToken: `token-${state.tokens}`, expiresIn: 300 };
    },
    async use() {
      state.uses += 1;
      if (state.broken) throw Object.assign(new Error("late"), { code: status.DEADLINE_EXCEEDED });
      if (state.over) throw refused();
    },
    end: async () => undefined,
    away: () => state.away,
  };
  return { state, tokens: sessionTokens(identity) };
}
const asked = (sessionKey = "a") => ({ sessionKey, unattended: false, deadline: Date.now() + 1000 });

test("what is asked at once is asked of identity once, and each session has its own token", async () => {
  const { state, tokens } = anIdentity();
  const all = await Promise.all([asked(), asked(), asked("b"), asked()].map(tokens.tokenOf));
  expect(all).toEqual(["token-1", "token-1", "token-2", "token-1"]);
  expect(state).toMatchObject({ tokens: 2, uses: 0 });
});

test("a token is kept until shortly before its end, and whether the session goes on is asked each time", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, tokens } = anIdentity();
  await tokens.tokenOf(asked());
  vi.setSystemTime(Date.now() + 269_000);
  expect(await tokens.tokenOf(asked())).toBe("token-1");
  expect(state).toMatchObject({ tokens: 1, uses: 1 });
  vi.setSystemTime(Date.now() + 2_000);
  expect(await tokens.tokenOf(asked())).toBe("token-2");
});

test("a session that is over is over at once, however good its token is", async () => {
  const { state, tokens } = anIdentity();
  await tokens.tokenOf(asked());
  state.over = true;
  await expect(tokens.tokenOf(asked())).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
  await expect(tokens.tokenOf(asked())).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
  expect(state).toMatchObject({ tokens: 1, uses: 1 }); // the token was forgotten, and a new one refused
});

test("while identity is away or too slow, a token is good until its end and no longer", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const { state, tokens } = anIdentity();
  await tokens.tokenOf(asked());
  state.away = true;
  expect(await tokens.tokenOf(asked())).toBe("token-1");
  Object.assign(state, { away: false, broken: true });
  expect(await tokens.tokenOf(asked())).toBe("token-1");
  Object.assign(state, { over: true });
  vi.setSystemTime(Date.now() + 271_000);
  await expect(tokens.tokenOf(asked())).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
});

test("the oldest make room, for anybody may have many sessions", async () => {
  const { state, tokens } = anIdentity();
  for (let index = 0; index <= 10_000; index += 1) await tokens.tokenOf(asked(`key-${index}`));
  expect(state).toMatchObject({ tokens: 10_001 });
  await tokens.tokenOf(asked("key-1"));
  expect(state).toMatchObject({ tokens: 10_001, uses: 1 });
  await tokens.tokenOf(asked("key-0"));
  expect(state).toMatchObject({ tokens: 10_002, uses: 1 });
});
