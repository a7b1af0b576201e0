import type { OpportunityChange } from "@guanxi/client/gen/guanxi";

export interface Version {
  version: number;
  time: string | undefined;
  actor: OpportunityChange["actor"];
  changes: { field: string; before: unknown; after: unknown }[];
}

/** stage_id is stageId to this page. */
const camel = (field: string) => field.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const read = (json: string): unknown => (json === "" ? undefined : JSON.parse(json));

/** The changes of one moment stand together; those of the first version are what it began with. */
export function versionsOf(changes: readonly OpportunityChange[]): Version[] {
  const versions: Version[] = [];
  for (const { version, time, actor, field, oldValue, newValue } of changes) {
    if (versions.at(-1)?.version !== version) versions.push({ version, time, actor, changes: [] });
    versions.at(-1)!.changes.push({ field: camel(field), before: read(oldValue), after: read(newValue) });
  }
  return versions;
}
