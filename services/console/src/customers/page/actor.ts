import type { TimelineEntry } from "@guanxi/client/gen/guanxi";
import { useTimelineWords } from "./words.ts";

/** A person by name; what no person did, by what did it. */
export function useActor({ actor, origin }: Pick<TimelineEntry, "actor" | "origin">): string {
  const say = useTimelineWords();
  if (!actor) return origin === "IMPORT" ? say("imported") : "";
  if (actor.kind === "KIND_IMPORT") return `${say("actor.KIND_IMPORT")} ${actor.name}`.trim();
  if (actor.kind === "KIND_SERVICE") return say("actor.KIND_SERVICE");
  if (actor.kind === "KIND_API_KEY") return `${say("actor.KIND_API_KEY")} ${actor.name}`.trim();
  return actor.name && say("by", { name: actor.name });
}
