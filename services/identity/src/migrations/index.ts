import { People1700000000001 } from "./1700000000001-people.ts";
import { SigningKeys1700000000002 } from "./1700000000002-signing-keys.ts";
import { TeamManagers1700000000003 } from "./1700000000003-team-managers.ts";
import { Sessions1700000000004 } from "./1700000000004-sessions.ts";

export const migrations = [
  People1700000000001,
  SigningKeys1700000000002,
  TeamManagers1700000000003,
  Sessions1700000000004,
];
