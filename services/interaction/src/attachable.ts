// Records that may have files.
import { recordKind } from "@guanxi/attachments/attachment-service";
import { allFeedback } from "./feedback/feedback-table.ts";
import { interactions } from "./interactions/interactions.ts";
import { visits } from "./visits/visits.ts";

export const attachable = [
  recordKind("interaction", interactions),
  recordKind("feedback", allFeedback),
  recordKind("visit", visits),
];
