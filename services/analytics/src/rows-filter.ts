// Conditions that list the rows behind a figure.

/** A field has a value, or none. */
export const having = (field: string, value: string | null): string =>
  value === null ? `!has(${field})` : `${field} == ${JSON.stringify(value)}`;

export const conditions = (parts: readonly string[]): string => parts.filter((part) => part).join(" && ");

/** What somebody wrote, as a part of more. */
export const within = (written: string): string => written && `(${written})`;
