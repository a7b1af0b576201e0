import { expect, test } from "vitest";
import {
  changeUser,
  deactivate,
  joinUser,
  reactivate,
  requireHeld,
  requireTeams,
  type Right,
} from "./user.ts";

const now = new Date("2026-03-01T00:00:00Z");
const later = new Date("2026-03-02T00:00:00Z");
const sent = {
  displayName: "林晓",
  email: "",
  issuer: "urn:test",
  subject: "lin",
  job: "representative",
  grants: [],
  teamIds: [],
  language: "zh-CN",
};
const lin = joinUser("u1", sent, now);

test("a user begins active; the account never changes", () => {
  expect(lin).toMatchObject({ state: "ACTIVE", version: 0, createTime: now });
  const other = { ...sent, subject: "other", job: "manager" };
  const changed = changeUser(lin, other, later);
  expect(changed).toMatchObject({ subject: "lin", job: "manager", createTime: now, updateTime: later });
});

test("a subject that means a service is nobody's", () => {
  expect(() => joinUser("u2", { ...sent, subject: "service:customer" }, now)).toThrow(
    expect.objectContaining({ reason: "SUBJECT_RESERVED" }),
  );
});

test("deactivating and reactivating twice changes nothing", () => {
  const out = deactivate(lin, later);
  expect(out.state).toBe("DEACTIVATED");
  expect(deactivate(out, later)).toBe(out);
  expect(reactivate(lin, later)).toBe(lin);
  expect(reactivate(out, later).state).toBe("ACTIVE");
});

test("one grants what one may do, and what is held already stays", () => {
  const read: Right = { resource: "customer", action: "read" };
  const all: Right = { resource: "*", action: "*" };
  const may = (resource: string, action: string) => resource === "customer" && action === "read";
  expect(() => requireHeld([read], [], may)).not.toThrow();
  expect(() => requireHeld([read, all], [all], may)).not.toThrow();
  for (const [after, before] of [
    [[read, all], []],
    [[read], [read, all]],
  ] as const)
    expect(() => requireHeld(after, before, may)).toThrow(
      expect.objectContaining({
        reason: "GRANT_NOT_HELD",
        violations: [expect.objectContaining({ field: "user.grants" })],
      }),
    );
});

test("a team that is not there is named by its place", () => {
  const user = { teamIds: ["t1", "t2"] };
  expect(() => requireTeams(user, [{ teamId: "t2" }, { teamId: "t1" }])).not.toThrow();
  expect(() => requireTeams(user, [{ teamId: "t1" }])).toThrow(
    expect.objectContaining({ violations: [expect.objectContaining({ field: "user.team_ids[1]" })] }),
  );
});
