import type { Pipeline, Stage } from "@guanxi/client/gen/guanxi";
import { useLabel } from "../text/texts.ts";
import { useWords } from "./words.ts";
import "./vocabulary.ts";

/** As the service names them where nobody has: these we can say in both languages. */
const BUILT_IN: Readonly<Record<string, string>> = {
  prospecting: "Prospecting",
  qualification: "Qualification",
  needs_analysis: "Needs Analysis",
  proposal: "Proposal",
  negotiation: "Negotiation",
  closed_won: "Closed Won",
  closed_lost: "Closed Lost",
};

export function useStageName(): (stage: Pick<Stage, "stageId" | "displayName">) => string {
  const label = useLabel();
  return ({ stageId, displayName }) =>
    BUILT_IN[stageId] === displayName ? label("Stage", stageId) : displayName;
}

export function usePipelineName(): (pipeline: Pick<Pipeline, "displayName">) => string {
  const say = useWords();
  return ({ displayName }) => (displayName === "Sales" ? say("builtInPipeline") : displayName);
}
