import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { about, ConfigFault, orExit, secret, settings, words } from "@guanxi/kit/env";
import { demoTenant } from "@guanxi/local/demo";
import {
  demoSignIn,
  forgetIssuer,
  openIssuer,
  serviceTokenFile,
  signServiceToken,
} from "@guanxi/local/issuer";
import { Advice } from "@guanxi/local/advice";
import { services } from "@guanxi/local/services";
import { z } from "zod";
import { type Files, giveTo, hand, makeShelf, writeAll } from "./setup-files.ts";
import { natsUsers } from "./setup-nats.ts";
import { type Passwords, passwordsFrom, type Where, secretsOf } from "./setup-secrets.ts";

const TAKEN = new Set(["operator", ...services.map(({ name }) => name)]);

export const setupSettings = z.object({
  guanxiSecret: secret(
    "What every password of the installation is derived from; keep it, for nothing opens without it.",
    z
      .string()
      .min(32)
      .describe("at least 32 characters that nobody can guess, as `openssl rand -hex 32` makes them"),
  ),
  guanxiDemo: about(
    "The company that stands at the beginning, with people to sign in as.",
    z.enum(["morning-light", "none"]).default("morning-light").describe("morning-light or none"),
  ),
  guanxiDepartments: about(
    "Who may read all events besides, each as a user of the bus.",
    words()
      .refine((names) => names.every((name) => /^[a-z][a-z0-9-]*$/.test(name) && !TAKEN.has(name)))
      .describe("names in small letters that are no service's, as in finance,warehouse"),
  ),
  oidcIssuer: about(
    "Where it is told, people are a company's own, and no demo company is made.",
    z.string().optional().describe("the issuer whose id tokens are trusted"),
  ),
  natsStream: about(
    "The stream that holds the events, the same for all services.",
    z.string().default("GUANXI").describe("the name of the stream"),
  ),
});

export interface SetupOptions {
  readonly "change-secret"?: boolean;
}

const WHERE: Where = { database: "postgres:5432/guanxi", nats: "nats:4222" };

export async function setupCommand(options: SetupOptions, [folder]: string[]): Promise<void> {
  if (!folder) throw new Advice("Say where: npx guanxi setup FOLDER.");
  console.log(await orExit(() => setup(folder, options)));
}

/**
 * Derives every password of an installation from one secret and lays each where its reader finds it: all of them in
 * FOLDER/secrets, what a service may see in FOLDER/<service>-secrets. Done again, it renews the services' tokens.
 */
export async function setup(
  folder: string,
  { "change-secret": change }: SetupOptions = {},
  env = process.env,
): Promise<string> {
  const told = settings(setupSettings, env);
  const passwords = passwordsFrom(told.guanxiSecret);
  const all = path.join(folder, "secrets");
  if (!change) refuseAnother(path.join(all, "postgres-password"), passwords);
  makeShelf(all);
  if (change) forgetIssuer(all);
  const { name: issuer, keysFile } = await openIssuer(all);
  for (const file of [keysFile, path.join(all, "issuer.key.json")]) hand(file);

  const departments = told.guanxiDepartments;
  const files: Files = {
    ...secretsOf(passwords, WHERE, departments),
    "nats-users.conf": natsUsers(passwords, { stream: told.natsStream, departments }),
    ...demoFiles(told, () => ({
      "company.json": demoTenant(issuer),
      "demo-sign-in.json": demoSignIn(all),
    })),
    ...(await serviceTokens(all)),
  };
  writeAll(all, files);
  for (const [shelf, own] of Object.entries(shares(files, readFileSync(keysFile, "utf8"))))
    writeAll(path.join(folder, shelf), own);
  for (const name of ["nats-data", "backups", "files"]) giveTo(path.join(folder, name));
  return `${Object.keys(files).length} secrets are in ${all}, and each service has its own.`;
}

type Told = z.infer<typeof setupSettings>;

/** Empty where there is no demo company: whoever reads them goes without. */
function demoFiles({ guanxiDemo, oidcIssuer }: Told, made: () => Files): Files {
  const none = { "company.json": "", "demo-sign-in.json": "" };
  return guanxiDemo === "none" || oidcIssuer ? none : made();
}

/** Postgres keeps the password it was made with, so another secret would lock everybody out, one after the other. */
function refuseAnother(file: string, passwords: Passwords): void {
  if (!existsSync(file) || readFileSync(file, "utf8") === passwords("postgres")) return;
  throw new ConfigFault([
    "GUANXI_SECRET is not the one that this installation was made with: write that one, or change it as docs/deploy.md says.",
  ]);
}

async function serviceTokens(folder: string): Promise<Files> {
  const behind = services.filter(({ front }) => !front);
  const tokens = behind.map(async ({ name }) => {
    const file = path.relative(folder, serviceTokenFile(folder, name));
    return [file, await signServiceToken(folder, name)] as const;
  });
  return Object.fromEntries(await Promise.all(tokens));
}

/** What leaves the room of all secrets, by the folder it goes to: an owner's and the admin's for migrations alone. */
function shares(files: Files, publicKeys: string): Record<string, Files> {
  const of = (name: string) => files[name] ?? "";
  const behind = services.filter(({ front }) => !front);
  const each = behind.flatMap(({ name, people }) => [
    [
      `${name}-secrets`,
      {
        "database-url": of(`${name}/database-url`),
        "database-relay-url": of(`${name}/database-relay-url`),
        "nats-url": of(`${name}/nats-url`),
        "identity-token": of(`service-tokens/${name}.jwt`),
        ...(people && { "issuer.jwks.json": publicKeys, "company.json": of("company.json") }),
      },
    ],
    [
      `${name}-migrate-secrets`,
      {
        "database-migrate-url": of(`${name}/database-migrate-url`),
        "database-admin-url": of("database-admin-url"),
        "nats-url": of("nats-url"),
      },
    ],
  ]);
  return {
    ...(Object.fromEntries(each) as Record<string, Files>),
    "gateway-secrets": {
      "demo-sign-in.json": of("demo-sign-in.json"),
      "nats-url": of("gateway/nats-url"),
    },
    "nats-secrets": { "users.conf": of("nats-users.conf") },
    "postgres-secrets": { password: of("postgres-password") },
    "grafana-secrets": { password: of("grafana-password") },
  };
}
