import { expect, test } from "vitest";
import { loadContract } from "./contract.ts";
import { refuse } from "./refuse.ts";
import { decodeFailure, encodeFailure, type Failure } from "./status.ts";

test("a refusal arrives as it was sent", () => {
  const contract = loadContract();
  const failure: Failure = {
    code: 3,
    message: "姓名太长",
    reason: "INVALID_REQUEST",
    violations: [{ field: "customer.display_name", description: "too long", reason: "STRING_MAX_LEN" }],
    retryAfterSeconds: 2,
  };
  expect(decodeFailure(contract, encodeFailure(contract, failure))).toEqual(failure);
});

test("a refusal that quotes half of a character is told all the same", () => {
  const contract = loadContract();
  const { code, message, reason } = refuse("invalid", "INVALID_REQUEST", 'unexpected "\ud83d"');
  const violations = [{ field: "custom.\ud83d", description: "cut: \udc00" }];
  expect(message).toBe('unexpected "\ufffd"');
  expect(
    decodeFailure(contract, encodeFailure(contract, { code, message: "\ud83d", reason, violations })),
  ).toEqual({
    code,
    message: "\ufffd",
    reason,
    violations: [{ field: "custom.\ufffd", description: "cut: \ufffd" }],
  });
});
