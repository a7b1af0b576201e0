import type { SignIn } from "./sign-in.ts";

export interface Account {
  readonly issuer: string;
  readonly subject: string;
}

/** The pool, or a connection of it. */
interface Queryable {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

const SIGN_INS = `
select tenant_id as "tenantId", tenant_name as "tenantName", user_id as "userId", display_name as "displayName", active
from sign_ins($1, $2) order by tenant_name, tenant_id`;

/** Before a tenant is known. The function in the database answers for one account only, so nobody can list the others. */
export async function signInsOf(db: Queryable, { issuer, subject }: Account): Promise<SignIn[]> {
  const { rows } = await db.query({ name: "sign ins", text: SIGN_INS, values: [issuer, subject] });
  return rows as SignIn[];
}
