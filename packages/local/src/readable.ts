const HIDDEN = new Set(["time", "service", "level", "msg", "trace_id"]);

/** A service's JSON log line for the screen; the file keeps it whole. Whatever else it says is shown as it is. */
export function readable(line: string): string {
  const fields = parse(line);
  if (!fields?.["msg"]) return line;
  const { level = "info", msg } = fields;
  const rest = Object.entries(fields).filter(([name]) => !HIDDEN.has(name));
  const facts = rest.map(([name, value]) => `${name}=${textOf(value)}`);
  return [...(level === "info" ? [] : [level]), msg, ...facts].join(" ");
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

// Of an error its message: the stack is for the file.
function textOf(value: unknown): string {
  const { message } = (value ?? {}) as { message?: string };
  return message ?? (typeof value === "string" ? value : JSON.stringify(value));
}
