import { refuse } from "@guanxi/kit/refuse";

/** An account as a user of a tenant. */
export interface SignIn {
  readonly tenantId: string;
  readonly tenantName: string;
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

/** `tenantId` is empty where the person has named none. */
export function chooseSignIn(signIns: readonly SignIn[], tenantId: string): SignIn {
  const open = signIns.filter((each) => each.active && (!tenantId || each.tenantId === tenantId));
  const [only, ...others] = open;
  if (!only) throw invalidSubjectToken();
  if (others.length === 0) return only;
  const violations = open.map((each) => ({
    field: "tenant_id",
    description: `${each.tenantId} ${each.tenantName}`,
    reason: "TENANT_REQUIRED",
  }));
  throw refuse(
    "precondition",
    "TENANT_REQUIRED",
    "You belong to several companies: name one in tenant_id.",
    violations,
  );
}
