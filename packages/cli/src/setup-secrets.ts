import { hkdfSync } from "node:crypto";
import { services } from "@guanxi/local/services";
import type { Files } from "./setup-files.ts";

/** The password for a purpose: `postgres`, the name of a role, `nats <user>`. */
export type Passwords = (purpose: string) => string;

/** Hosts as the services see them. */
export interface Where {
  readonly database: string;
  readonly nats: string;
}

const BYTES = 24;

/** One secret, any number of passwords: whoever learns one of these learns nothing of the others. */
export const passwordsFrom =
  (secret: string): Passwords =>
  (purpose) =>
    Buffer.from(hkdfSync("sha256", secret, "guanxi", purpose, BYTES)).toString("base64url");

/** Every secret that is derived, by the file it is read from. */
export function secretsOf(passwords: Passwords, where: Where, departments: readonly string[]): Files {
  const database = (role: string) => `postgres://${role}:${passwords(role)}@${where.database}`;
  const nats = (user: string) => `nats://${user}:${passwords(`nats ${user}`)}@${where.nats}`;
  const files: Record<string, string> = {
    "database-admin-url": database("postgres"),
    "postgres-password": passwords("postgres"),
    "grafana-password": passwords("grafana"),
    "nats-url": nats("operator"),
    "gateway/nats-url": nats("gateway"),
  };
  for (const { name } of services.filter(({ front }) => !front)) {
    const role = name.replaceAll("-", "_");
    files[`${name}/database-url`] = database(`${role}_app`);
    files[`${name}/database-relay-url`] = database(`${role}_relay`);
    files[`${name}/database-migrate-url`] = database(`${role}_owner`);
    files[`${name}/nats-url`] = nats(name);
  }
  for (const name of departments) files[`departments/${name}/nats-url`] = nats(name);
  return files;
}
