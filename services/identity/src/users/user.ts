import { refuse } from "@guanxi/kit/refuse";

export interface UserState {
  readonly userId: string;
  readonly displayName: string;
  readonly email: string;
  readonly issuer: string;
  readonly subject: string;
  readonly state: "ACTIVE" | "DEACTIVATED";
  readonly job: string;
  readonly grants: readonly Right[];
  readonly teamIds: readonly string[];
  readonly language: string;
  readonly createTime: Date;
  readonly updateTime: Date;
  readonly version: number;
}

export interface Right {
  readonly resource: string;
  readonly action: string;
}

export type Account = Pick<UserState, "issuer" | "subject">;
export type Particulars = Pick<
  UserState,
  "displayName" | "email" | "job" | "grants" | "teamIds" | "language"
>;

/** Subjects that begin so are services, to whom the token exchange gives a token without looking for a user. */
const SERVICE = "service:";

export function joinUser(userId: string, sent: Account & Particulars, now: Date): UserState {
  const { issuer, subject } = sent;
  if (subject.startsWith(SERVICE)) {
    throw invalid(
      "SUBJECT_RESERVED",
      "subject",
      `Subjects that begin with ${SERVICE} are services, not people.`,
    );
  }
  return {
    ...{ userId, issuer, subject, state: "ACTIVE", createTime: now, updateTime: now, version: 0 },
    ...particularsOf(sent),
  };
}

export function changeUser(user: UserState, sent: Particulars, now: Date): UserState {
  return { ...user, ...particularsOf(sent), updateTime: now };
}

export function deactivate(user: UserState, now: Date): UserState {
  return user.state === "DEACTIVATED" ? user : { ...user, state: "DEACTIVATED", updateTime: now };
}

export function reactivate(user: UserState, now: Date): UserState {
  return user.state === "ACTIVE" ? user : { ...user, state: "ACTIVE", updateTime: now };
}

const particularsOf = ({ displayName, email, job, grants, teamIds, language }: Particulars): Particulars => ({
  displayName,
  email,
  job,
  grants,
  teamIds,
  language,
});

/**
 * Whoever may edit users would otherwise make themselves anything, or their superiors nothing: one gives and takes only what
 * one may do oneself.
 */
export function requireHeld(
  after: readonly Right[],
  before: readonly Right[],
  may: (resource: string, action: string) => boolean,
): void {
  const given = without(after, before);
  const foreign = [...given, ...without(before, after)].filter(
    ({ resource, action }) => !may(resource, action),
  );
  if (foreign.length === 0) return;
  const violations = foreign.map((right) => ({
    field: "user.grants",
    description: `${nameOf(right)} is not yours to ${given.includes(right) ? "give" : "take"}`,
    reason: "GRANT_NOT_HELD",
  }));
  throw refuse("forbidden", "GRANT_NOT_HELD", "Give and take only what you may do yourself.", violations);
}

const without = (rights: readonly Right[], others: readonly Right[]) =>
  rights.filter((right) => !others.some((other) => nameOf(other) === nameOf(right)));

const nameOf = ({ resource, action }: Right) => `${resource}:${action}`;

export function requireTeams(
  { teamIds }: Pick<UserState, "teamIds">,
  found: readonly { teamId: string }[],
): void {
  const known = new Set(found.map(({ teamId }) => teamId));
  const missing = [...teamIds.entries()].filter(([, id]) => !known.has(id));
  if (missing.length === 0) return;
  const violations = missing.map(([index]) => ({
    field: `user.team_ids[${index}]`,
    description: "There is no such team.",
    reason: "TEAM_UNKNOWN",
  }));
  throw refuse("invalid", "TEAM_UNKNOWN", "Name teams that exist.", violations);
}

const invalid = (reason: string, field: string, description: string) =>
  refuse("invalid", reason, description, [{ field: `user.${field}`, description, reason }]);
