// What whoever began an import must be allowed to do with the records, from the first row to the last.
import type { ColumnMapping } from "@guanxi/contract/guanxi/imports/v1/import";
import type { At, Principal } from "@guanxi/kit/at";
import { Refusal } from "@guanxi/kit/refuse";
import { covers, requireRights, type Right } from "@guanxi/kit/rights";
import { FileFault } from "../fault.ts";
import type { Kind } from "./kind.ts";

export async function rightsFor(
  at: At,
  { resource, fields }: Pick<Kind, "resource" | "fields">,
  mapping: readonly ColumnMapping[],
): Promise<Right[]> {
  const filled = new Set(mapping.map(({ field }) => field));
  const own = (await fields(at)).flatMap(({ name, action }) => (action && filled.has(name) ? [action] : []));
  return [...new Set(["create", "update", ...own])].map((action) => ({ resource, action }));
}

/** Answers what else the person may. */
export async function requireRightsOf(
  at: At,
  { id }: Principal,
  rights: readonly Right[],
): Promise<At["may"]> {
  const [rows] = await Promise.all(rights.map((right) => at.ask(requireRights([id], right))));
  const grants = (rows?.[0]?.["grants"] ?? []) as readonly string[];
  return (resource, action) => covers(grants, { resource, action });
}

/** As the person who began the import, who may have lost a right meanwhile: then the import fails, and not its rows. */
export async function asBeginner(at: At, beginner: Principal, rights: readonly Right[]): Promise<At> {
  try {
    return { ...at, may: await requireRightsOf(at, beginner, rights) };
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== "PERMISSION_DENIED") throw error;
    throw new FileFault(error.reason, `${beginner.name} may not go on with this import. ${error.message}`);
  }
}
