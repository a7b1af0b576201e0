import { expect, test } from "vitest";
import { chooseSignIn, type SignIn } from "./sign-in.ts";

const at = (tenantId: string, active = true): SignIn => ({
  tenantId,
  userId: `user of ${tenantId}`,
  displayName: "林晓",
  active,
});
const choose = (all: SignIn[], tenantId = "") => {
  try {
    return chooseSignIn(all, tenantId).tenantId;
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

test("the first one is taken, and of several the one that was named", () => {
  expect(choose([at("a")])).toBe("a");
  expect(choose([at("a"), at("b")])).toBe("a");
  expect(choose([at("a"), at("b")], "b")).toBe("b");
  expect(choose([at("a"), at("b", false)], "b")).toBe("INVALID_SUBJECT_TOKEN");
});

test("who was shut out does not land in another company that added the account", () => {
  expect(choose([at("a", false), at("b")])).toBe("INVALID_SUBJECT_TOKEN");
});

test("nobody, a deactivated one and another's tenant get the same answer", () => {
  expect(choose([])).toBe("INVALID_SUBJECT_TOKEN");
  expect(choose([at("a", false)])).toBe("INVALID_SUBJECT_TOKEN");
  expect(choose([at("a")], "b")).toBe("INVALID_SUBJECT_TOKEN");
});
