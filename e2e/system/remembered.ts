const TOKEN_MS = 240_000; // they live for five minutes

/** A token for each, and another before it ends. */
export function remembered(make: (name: string) => Promise<string>): (name: string) => Promise<string> {
  const known = new Map<string, { until: number; made: Promise<string> }>();
  return (name) => {
    const found = known.get(name);
    if (found && Date.now() < found.until) return found.made;
    const made = make(name);
    known.set(name, { until: Date.now() + TOKEN_MS, made });
    made.catch(() => known.delete(name));
    return made;
  };
}
