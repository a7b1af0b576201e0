// Configuration: environment variables, held against one schema, all faults at once.
import { readFileSync } from "node:fs";
import { z } from "zod";

type Env = Record<string, string | undefined>;

const EX_CONFIG = 78;

/**
 * What the schema asks for: `httpPort` is read from HTTP_PORT, or from the file that HTTP_PORT_FILE names. An empty
 * variable counts as missing. A fault names the variable and what belongs there, never what was found.
 */
export function settings<Schema extends z.ZodObject>(
  schema: Schema,
  env: Env = process.env,
): z.infer<Schema> {
  const faults: string[] = [];
  const values: Record<string, string | undefined> = {};
  for (const key of Object.keys(schema.shape)) {
    try {
      values[key] = read(variableOf(key), env);
    } catch (error) {
      faults.push((error as Error).message);
    }
  }
  const unread = new Set(Object.keys(schema.shape).filter((key) => !(key in values)));
  const parsed = schema.safeParse(values);
  if (!parsed.success)
    faults.push(
      ...parsed.error.issues.filter(({ path }) => !unread.has(String(path[0]))).map(faultOf(schema, values)),
    );
  if (faults.length > 0 || !parsed.success) throw new ConfigFault([...new Set(faults)]);
  return parsed.data;
}

/** For main.ts: a process that is not configured says what to write and does not start. */
export const settingsOrExit = <Schema extends z.ZodObject>(schema: Schema): z.infer<Schema> => {
  try {
    return settings(schema);
  } catch (error) {
    return exit(error);
  }
};

/** The same for what only shows when the parts are put together. */
export const orExit = <T>(work: () => Promise<T>): Promise<T> => work().catch(exit);

function exit(error: unknown): never {
  if (!(error instanceof ConfigFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(EX_CONFIG);
}

export class ConfigFault extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(["The configuration is not complete:", ...faults.map((fault) => `  - ${fault}`)].join("\n"));
    this.faults = faults;
  }
}

/** What a setting is for, in a sentence for the page of settings; the type's own description says what to write. */
export const about = <Type extends z.ZodType>(what: string, type: Type): Type =>
  type.meta({ ...type.meta(), what });

/** One whose value nobody else may see. */
export const secret = <Type extends z.ZodType>(what: string, type: Type): Type =>
  type.meta({ ...type.meta(), what, secret: true });

/** A TCP port; 0 lets the system choose. */
export const port = () => integer(0, 65_535).describe("a port, as in 8080");

export const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number)
    .pipe(z.number().gte(least).lte(most))
    .describe(`a whole number from ${least} to ${most}`);

/** An address with one of these protocols, as in url("postgres", "postgresql"). */
export const url = (...protocols: string[]) =>
  z
    .string()
    .refine((text) => protocols.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ""))
    .describe(`an address that begins with ${protocols.map((each) => `${each}://`).join(" or ")}`);

export const logLevel = () =>
  z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("a level, as in info");

/** Words with commas between them; missing is none. */
export const words = () =>
  z
    .string()
    .default("")
    .transform((text) => text.split(",").map((word) => word.trim()))
    .transform((all) => all.filter(Boolean));

export const variableOf = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

function read(name: string, env: Env): string | undefined {
  if (env[name]) return env[name];
  const file = env[`${name}_FILE`];
  if (!file) return undefined;
  try {
    return readFileSync(file, "utf8").trim() || undefined;
  } catch (error) {
    throw new Error(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
}

/** zod's own text is left out: a custom one may quote the value, and values are secrets. */
const faultOf =
  (schema: z.ZodObject, values: Env) =>
  ({ path: [key] }: { path: PropertyKey[] }): string => {
    const name = variableOf(String(key));
    const wanted = descriptionOf(schema.shape[String(key)] as z.ZodType);
    const problem = values[String(key)] === undefined ? "is missing" : "is not valid";
    return wanted ? `${name} ${problem}: write ${wanted}.` : `${name} ${problem}.`;
  };

/** `.default()` and `.optional()` wrap the type that was described. */
export const descriptionOf = (type: z.ZodType): string | undefined =>
  type.description ??
  (type instanceof z.ZodDefault || type instanceof z.ZodOptional
    ? descriptionOf(type.unwrap() as z.ZodType)
    : undefined);
