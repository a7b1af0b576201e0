// What a move asks for before the service takes it, and where a card stands while the service is asked.
import type { Opportunity, Stage } from "@guanxi/client/gen/guanxi";
import { dayText } from "./days.ts";

export type Gate = "none" | "won" | "lost";

/** An open stage takes whoever comes; what is won needs an amount, what is lost a reason. */
export const gateOf = ({ type }: Pick<Stage, "type">): Gate =>
  type === "TYPE_WON" ? "won" : type === "TYPE_LOST" ? "lost" : "none";

/** The places that a card may go to by keyboard, in the order of the pipeline: its open stages, won, lost. */
export function stepTo(places: readonly string[], from: string, step: 1 | -1): string {
  const index = places.indexOf(from);
  return places[Math.min(Math.max(index + step, 0), places.length - 1)] ?? from;
}

/** By expected day, none at the end: the order in which the columns are asked for. */
const closeOrder = ({ expectedCloseDate, opportunityId }: Opportunity) =>
  `${dayText(expectedCloseDate) || "9999-99-99"} ${opportunityId}`;

/** The cards of a column with those that are on their way put where they are going. */
export function withMoves(
  deals: readonly Opportunity[],
  stageId: string,
  moving: ReadonlyMap<string, Opportunity>,
): readonly Opportunity[] {
  if (moving.size === 0) return deals;
  const staying = deals.filter(({ opportunityId }) => !moving.has(opportunityId));
  const coming = [...moving.values()].filter((deal) => deal.stageId === stageId);
  if (coming.length === 0) return staying;
  return [...staying, ...coming].sort((a, b) => (closeOrder(a) < closeOrder(b) ? -1 : 1));
}

/** Since when it is in its stage, as a day; empty where nobody knows. */
export const stageSince = ({ stageEntries, stageSinceTime }: Opportunity): string => {
  const last = stageEntries.at(-1);
  return dayText(last?.enterDate) || (last?.enterTime ?? stageSinceTime ?? "").slice(0, 10);
};

/** A card stands under its customer's name already: what comes after it is what it is about. */
export function aboutOf(displayName: string, customerName: string | undefined): string {
  if (!customerName || !displayName.startsWith(customerName)) return displayName;
  return displayName.slice(customerName.length).replace(/^[\s:：·\-—–]+/, "") || displayName;
}
