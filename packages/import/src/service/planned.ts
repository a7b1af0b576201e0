// Refusals of the rules, told of the row that they are about.
import type { Fault } from "./kind.ts";
import { Refusal } from "@guanxi/kit/refuse";

/** What `work` makes of a row, or why the rules refuse it. `fieldOf` tells which field of the import a path is about. */
export function planned<S>(
  work: () => S,
  fieldOf: (path: string) => string | undefined,
): { readonly state: S } | { readonly fault: Fault } {
  try {
    return { state: work() };
  } catch (error) {
    if (error instanceof RowFault) return { fault: error.fault };
    if (!(error instanceof Refusal)) throw error;
    const [violation] = error.violations;
    const field = violation && fieldOf(violation.field);
    return {
      fault: {
        ...(field && { field }),
        reason: violation?.reason || "INVALID_VALUE",
        message: violation ? sentence(violation.description) : error.message,
      },
    };
  }
}

/** "must not be negative" is said of a field; a fault is a sentence of its own. */
const sentence = (description: string) => `The value ${description.replace(/\.$/, "")}.`;

class RowFault extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Thrown where the rules of a row are asked; `planned` catches it. */
export const rowFault = (field: string, reason: string, message: string) =>
  new RowFault({ field, reason, message });
