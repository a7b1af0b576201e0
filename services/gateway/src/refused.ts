import { status } from "@grpc/grpc-js";
import type { Failure, Violation } from "@guanxi/kit/status";

/** The gateway itself says no: the same shape as a service's refusal. */
export class Refused extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The caller sent something that the contract does not know. */
export const badRequest = (violations: Violation[]) =>
  unreadable("INVALID_REQUEST", "The request does not fit the contract.", violations);

/** The reasons that carry an HTTP status of their own stand in problems.ts. */
export const unreadable = (reason: string, message: string, violations: Violation[] = []) =>
  new Refused({ code: status.INVALID_ARGUMENT, message, reason, violations });
