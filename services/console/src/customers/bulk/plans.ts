// What can be done to many customers, and how each is put back as it was.
import { addTags, changeOwner, removeTags } from "@guanxi/client/gen/guanxi";
import { ifMatch } from "../../api/api.ts";
import { rowOf } from "../list/rows.ts";
import type { Result, Work } from "./run.ts";

export type Kind = "addTags" | "removeTags" | "changeOwner";

export interface Asked {
  tags?: string[];
  ownerId?: string;
  reason?: string;
}

export function workOf(kind: Kind, { tags = [], ownerId = "", reason = "" }: Asked): Work {
  // Tags of two people go together; of two owners, the later one must have seen the earlier.
  if (kind === "addTags") return ({ customerId }, key) => addTags(customerId, { tags }, key);
  if (kind === "removeTags") return ({ customerId }, key) => removeTags(customerId, { tags }, key);
  return ({ customerId, etag }, key) =>
    changeOwner(customerId, { ownerId, reason }, { ...key, ...ifMatch(etag) });
}

/** Puts back what these results changed. */
export function undoOf(kind: Kind, { tags = [], reason = "" }: Asked, results: readonly Result[]): Work {
  const before = new Map(results.map(({ row }) => [row.customerId, row]));
  return ({ customerId, etag }, key) => {
    const { tags: had, ownerId } = before.get(customerId)!;
    const match = { ...key, ...ifMatch(etag) };
    if (kind === "addTags")
      return removeTags(customerId, { tags: tags.filter((tag) => !had.includes(tag)) }, match);
    if (kind === "removeTags")
      return addTags(customerId, { tags: tags.filter((tag) => had.includes(tag)) }, match);
    return changeOwner(customerId, { ownerId, reason }, match);
  };
}

/** As they are now, where something was done. */
export const changedRows = (results: readonly Result[]) =>
  results.flatMap(({ outcome, after }) => (outcome === "done" && after ? [rowOf(after)] : []));
