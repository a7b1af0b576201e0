// Conditions that list the rows behind a figure.

/** A field has a value, or none. */
export const having = (field: string, value: string | null): string =>
  value === null ? `!has(${field})` : `${field} == ${JSON.stringify(value)}`;

export const conditions = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part).join(" && ");

/** What somebody wrote, as a part of more. Their last words may be a comment, which would swallow the bracket. */
export const within = (written: string): string | undefined => (written ? `(${written}\n)` : undefined);
