// A tenant and its first people: the one change that nobody could be asked the right for.
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import type { Context } from "@guanxi/bus/app";
import { TenantFounded } from "@guanxi/contract/guanxi/identity/v1/tenant_events";
import { Tenant } from "@guanxi/contract/guanxi/identity/v1/tenant_service";
import { UserJoined } from "@guanxi/contract/guanxi/identity/v1/user_events";
import { User } from "@guanxi/contract/guanxi/identity/v1/user_service";
import { record } from "@guanxi/kit/store";
import { v7 } from "uuid";
import { z } from "zod";
import { foundTenant } from "./tenants/tenant.ts";
import { presentTenant, tenants } from "./tenants/tenants.ts";
import { signInsOf } from "./tokens/sign-ins.ts";
import { joinUser } from "./users/user.ts";
import { presentUser, users } from "./users/users.ts";

const wantedSchema = z.strictObject({
  tenant: z.strictObject({ displayName: z.string(), timeZone: z.string(), currencyCode: z.string() }),
  users: z
    .array(
      z.strictObject({
        displayName: z.string(),
        issuer: z.string(),
        subject: z.string(),
        email: z.string().default(""),
        job: z.string().default(""),
        grants: z.array(z.strictObject({ resource: z.string(), action: z.string() })).default([]),
        teamIds: z.array(z.never()).default([]),
        language: z.string().default(""),
      }),
    )
    .min(1),
});

export type Wanted = z.infer<typeof wantedSchema>;

export interface Provisioned {
  readonly tenantId: string;
  /** False when the first person was a user already: then nothing was done. */
  readonly created: boolean;
}

const ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('identity provision', 0))";

/** All or nothing; done again it changes nothing. */
export async function provision({ act }: Pick<Context, "act">, wanted: Wanted): Promise<Provisioned> {
  const { timeZone, currencyCode } = wanted.tenant;
  const tenant = foundTenant(v7(), wanted.tenant, new Date());
  return act(
    { tenantId: tenant.tenantId, actor: "identity/provision", timeZone, currencyCode },
    async (at) => {
      await at.ask({ text: ONE_AT_A_TIME });
      const [known] = await signInsOf(at.ask, wanted.users[0]!);
      if (known) return { tenantId: known.tenantId, created: false };
      const people = wanted.users.map((user) => joinUser(at.newId(), user, at.now));
      at.check(Tenant, presentTenant(tenant), "tenant");
      for (const [index, user] of people.entries()) at.check(User, presentUser(user), `users[${index}]`);
      record(at, tenants, tenant, TenantFounded);
      record(at, users, people, UserJoined);
      return { tenantId: tenant.tenantId, created: true };
    },
  );
}

export function readWanted(sent: string): Wanted {
  const found = z.preprocess(parsed, wantedSchema).safeParse(sent);
  if (found.success) return found.data;
  throw new Error(`provision reads { tenant, users }:\n${z.prettifyError(found.error)}`);
}

function parsed(sent: unknown): unknown {
  try {
    return JSON.parse(String(sent));
  } catch {
    return sent; // text is not what is wanted, and the message says so
  }
}

/** The subcommand: JSON in a file or on stdin, what came of it on stdout. An empty file asks for nothing. */
export async function provisionFromInput(context: Context, [file]: readonly string[]): Promise<void> {
  const sent = file ? await readFile(file, "utf8") : await text(process.stdin);
  if (file && sent === "") return;
  process.stdout.write(`${JSON.stringify(await provision(context, readWanted(sent)))}\n`);
}
