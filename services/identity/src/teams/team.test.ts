import { expect, test } from "vitest";
import { changeTeam, formTeam } from "./team.ts";

const now = new Date("2026-03-01T00:00:00Z");
const team = formTeam("shop", { displayName: "Shop", parentTeamId: "district", managerId: "" }, now);
const move = (parentTeamId: string, line: string[]) =>
  changeTeam(team, { displayName: "Shop", parentTeamId, managerId: "" }, line, now).parentTeamId;

test("a team stands at the top or below another", () => {
  expect(team.parentTeamId).toBe("district");
  expect(move("", [])).toBeNull();
  expect(move("region", ["region", "country"])).toBe("region");
});

test("a team never stands below itself", () => {
  const circle = expect.objectContaining({ reason: "TEAM_CIRCLE" });
  expect(() => move("shop", ["shop", "district"])).toThrow(circle);
  expect(() => move("corner", ["corner", "shop", "district"])).toThrow(circle);
});
