/** Both conditions, of which either may be none. */
export const both = (one: string, other: string): string =>
  [one, other]
    .filter(Boolean)
    .map((each) => `(${each})`)
    .join(" && ");
