import { expect, test } from "vitest";
import { chooseSignIn, type SignIn } from "./sign-in.ts";

const at = (tenantId: string, active = true): SignIn => ({
  tenantId,
  tenantName: `Company ${tenantId}`,
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

test("the only active one is taken, and of several the one that was named", () => {
  expect(choose([at("a")])).toBe("a");
  expect(choose([at("a", false), at("b")])).toBe("b");
  expect(choose([at("a"), at("b")], "b")).toBe("b");
});

test("of several one must be named, and they are told", () => {
  expect(choose([at("a"), at("b")])).toBe("TENANT_REQUIRED");
  expect(() => chooseSignIn([at("a"), at("b")], "")).toThrow(
    expect.objectContaining({
      violations: [
        { field: "tenant_id", description: "a Company a", reason: "TENANT_REQUIRED" },
        { field: "tenant_id", description: "b Company b", reason: "TENANT_REQUIRED" },
      ],
    }),
  );
});

test("nobody, a deactivated one and another's tenant get the same answer", () => {
  expect(choose([])).toBe("INVALID_SUBJECT_TOKEN");
  expect(choose([at("a", false)])).toBe("INVALID_SUBJECT_TOKEN");
  expect(choose([at("a")], "b")).toBe("INVALID_SUBJECT_TOKEN");
});
