import { expect, test } from "vitest";
import { loadContract } from "./contract.ts";
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
