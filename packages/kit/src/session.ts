import { escapeLiteral } from "pg";
import type { Statement } from "./flush.ts";

export const COMMIT: Statement = { text: "commit" };
export const ROLLBACK: Statement = { text: "rollback" };

/** Whose rows the following statements see. */
function setTenant(tenantId: string): Statement {
  return { text: `set local app.tenant = ${escapeLiteral(tenantId)}` };
}

/** One message: two statements that have neither a plan nor an answer. */
export function begin(tenantId: string, mode = ""): Statement {
  return { text: `begin ${mode}; ${setTenant(tenantId).text}` };
}
