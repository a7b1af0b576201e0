import { refuse } from "@guanxi/kit/refuse";

/** An account as a user of a tenant. */
export interface SignIn {
  readonly tenantId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly active: boolean;
}

/** One text for everything that may be wrong, so that nobody learns which accounts there are. */
export const invalidSubjectToken = () =>
  refuse(
    "unauthenticated",
    "INVALID_SUBJECT_TOKEN",
    "This account cannot sign in: ask whoever manages your users.",
  );

/**
 * `signIns` are in the order in which the person became a user there. Who names no tenant means the first one, even where
 * that one has shut them out: another company that adds the account later changes nothing for them.
 */
export function chooseSignIn(signIns: readonly SignIn[], tenantId: string): SignIn {
  const chosen = tenantId ? signIns.find((each) => each.tenantId === tenantId) : signIns[0];
  if (!chosen?.active) throw invalidSubjectToken();
  return chosen;
}
