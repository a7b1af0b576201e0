/** What every state carries besides its own columns. Version 0 is a state that was never recorded. */
export interface State {
  readonly version: number;
}

export interface Column {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

export function arraysOf(columns: readonly { type: string }[], from = 1): string {
  return `unnest(${columns.map(({ type }, index) => `$${index + from}::${type}[]`).join(", ")})`;
}

/** A value as an array parameter takes it. JSON is made text first: in an array of arrays it would be flattened. */
export function wire(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === "jsonb") return JSON.stringify(value);
  // As ISO text: pg would write local time, whose offset before 1900 has seconds that it drops.
  return value instanceof Date ? value.toISOString() : value;
}
