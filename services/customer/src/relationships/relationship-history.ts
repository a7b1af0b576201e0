import { where } from "@guanxi/kit/list";
import { historyOf } from "../customers/customer-history.ts";

/** A row for each attribute that a change touched, written beside the relation. */
export const relationshipHistory = historyOf("relationship_history");

export const ofRelationship = (relationshipId: string) => where("relationship_id = ?::uuid", relationshipId);
