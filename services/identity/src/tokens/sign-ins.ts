import type { Row, Statement } from "@guanxi/kit/flush";
import type { Account } from "../users/user.ts";
import type { SignIn } from "./sign-in.ts";

const SIGN_INS = `
select tenant_id as "tenantId", user_id as "userId", display_name as "displayName", active from sign_ins($1, $2)`;

/** Before a tenant is known. The function in the database answers for one account only, so nobody can list the others. */
export async function signInsOf(
  ask: (statement: Statement) => Promise<Row[]>,
  { issuer, subject }: Account,
): Promise<SignIn[]> {
  return (await ask({ name: "sign ins", text: SIGN_INS, values: [issuer, subject] })) as unknown as SignIn[];
}
