const FIELDS = { stage: "lifecycle_stage", grade: "grade", source: "source_channel" } as const;
const PREFIXES = { stage: "LIFECYCLE_STAGE_", grade: "GRADE_", source: "CHANNEL_" } as const;

/** By which the list of customers finds those that a count is of. */
export function listConditionOf(field: keyof typeof FIELDS, value: string): string {
  const name = value.slice(PREFIXES[field].length);
  return name === "UNSPECIFIED" ? `!has(${FIELDS[field]})` : `${FIELDS[field]} == "${name}"`;
}
