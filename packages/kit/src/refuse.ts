import { status } from "@grpc/grpc-js";
import type { Violation } from "./status.ts";

export type { Violation };

const CODES = {
  invalid: status.INVALID_ARGUMENT,
  notFound: status.NOT_FOUND,
  exists: status.ALREADY_EXISTS,
  precondition: status.FAILED_PRECONDITION,
  aborted: status.ABORTED,
  forbidden: status.PERMISSION_DENIED,
  unauthenticated: status.UNAUTHENTICATED,
  unavailable: status.UNAVAILABLE,
  exhausted: status.RESOURCE_EXHAUSTED,
  deadline: status.DEADLINE_EXCEEDED,
} as const;

/** The one error that a caller may read. Any other is a bug and says nothing to the outside. */
export class Refusal extends Error {
  readonly code: number;
  readonly reason: string;
  readonly violations: readonly Violation[];

  constructor(code: number, reason: string, message: string, violations: readonly Violation[]) {
    // A sentence may quote a text cut in the middle of a pair, and a status that cannot be sent ends the process.
    super((message || reason).toWellFormed());
    this.code = code;
    this.reason = reason;
    this.violations = violations;
  }
}

/** To be thrown. `reason` is stable and part of the contract, `message` is a sentence for people. */
export function refuse(
  kind: keyof typeof CODES,
  reason: string,
  message = "",
  violations: readonly Violation[] = [],
): Refusal {
  return new Refusal(CODES[kind], reason, message, violations);
}
