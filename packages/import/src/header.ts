const LONGEST = 400; // in a mapping a column has at most 500

/** Names of the columns: unique, so that a mapping can name each, and never empty. */
export function columnNames(header: readonly string[]): string[] {
  const counts = new Map<string, number>();
  const taken = new Set<string>();
  return header.map((text, index) => {
    const name = shortened(text.trim()) || `column ${index + 1}`;
    let count = (counts.get(name) ?? 0) + 1;
    // "a", "a#2", "a": the third is "a#3".
    while (taken.has(numbered(name, count))) count++;
    counts.set(name, count);
    taken.add(numbered(name, count));
    return numbered(name, count);
  });
}

const numbered = (name: string, count: number) => (count === 1 ? name : `${name}#${count}`);

const shortened = (name: string) =>
  name.length > LONGEST ? `${name.slice(0, LONGEST).toWellFormed()}…` : name;
