// deploy/.env.example, made from what compose.yaml asks for and what the programs say of it.
import type { ListedSetting } from "@guanxi/kit/settings-list";
import type { Listing } from "./settings-page.ts";

interface Variable {
  readonly name: string;
  readonly fallback: string;
  readonly required: boolean;
}

/** The variables that a compose file asks its surroundings for, in the order in which it first names them. */
export function variablesOf(compose: string): Variable[] {
  const text = compose.replaceAll(/^\s*#.*$/gm, "");
  const found = [...text.matchAll(/(?<!\$)\$\{([A-Z]\w*)(?=(?::?([-?+])(?:([^{}$]*)\})?)?)/g)];
  return [...Map.groupBy(found, ([, name]) => name!)].map(([name, uses]) => {
    // Plain ones: what depends on another variable is for the meaning to tell.
    const fallback = uses.find(([, , operator]) => operator === "-")?.[3] ?? "";
    // What is done only where it is set has no default, whatever stands in for it elsewhere.
    const switches = uses.some(([, , operator]) => operator === "+");
    // Asked for within another one, it is required only where that one is set.
    const within = new RegExp(`:\\+\\$\\{${name}\\b`).test(text);
    const required = !within && uses.every(([, , operator]) => operator === "?");
    return { name, fallback: switches ? "" : fallback, required };
  });
}

/** What compose.yaml asks for besides what the programs know. */
const OF_COMPOSE: Readonly<Record<string, string>> = {
  GUANXI_ADDRESS:
    "From where this machine may be called: from itself alone; 0.0.0.0 lets others in, who with the demo company may be any of its people.",
  GUANXI_PORT: "Where the world calls on this machine.",
  GUANXI_REGISTRY: "Where the images come from. As it is, nothing is pulled: they are built on this machine.",
  GUANXI_BACKUPS:
    "Where backups are kept: a volume, which `docker compose down --volumes` takes away, or a folder, which outlives that. Begin the folder's path with / or ./ and let it hold nothing else, for it is given to the user 10001.",
  CONNECTIONS_PER_SOURCE:
    "How many of the edge's 4000 connections one address may have. Behind a balancer of your own all come from one: write 4000.",
  GRAFANA_PORT: "Where Grafana listens, for this machine only.",
  TRACES_ENDPOINT:
    "Where the collector hands traces on to, by OTLP over HTTP, as in https://traces.example.com:4318; without it nowhere.",
};

export function exampleOf(compose: string, all: readonly Listing[]): string {
  const known = new Map(all.flatMap(({ settings }) => settings).map((one) => [one.name, one]));
  const entry = (one: Variable) =>
    `\n${entryOf({ ...one, fallback: one.fallback || (known.get(one.name)?.fallback ?? "") }, meaningOf(one.name, known))}`;
  const { first = [], others = [], last = [] } = Object.groupBy(variablesOf(compose), placeOf);
  return `# What deploy/compose.yaml can be told. To copy it, for nobody else to read:
#   [ -e .env ] || install -m 600 .env.example .env
# What has a # before it is as it is without.
# Made by \`UPDATE=1 npm test -- settings\`; nobody edits it. docs/settings.md has what each program can be told.
${[...first, ...others, ...last].map(entry).join("")}`;
}

const placeOf = ({ name, required }: Variable) =>
  required ? "first" : name.endsWith("_VERSION") ? "last" : "others";

function entryOf({ name, fallback, required }: Variable, meaning: string): string {
  if (!required) return `${comment(meaning)}# ${name}=${fallback}\n`;
  return `${comment(`Required. ${meaning}`)}# Either of these makes one:
#   openssl rand -hex 32
#   node -p "crypto.randomBytes(32).toString('hex')"
${name}=
`;
}

function meaningOf(name: string, known: ReadonlyMap<string, ListedSetting>): string {
  const setting = known.get(name);
  if (setting) return setting.write === "a text" ? setting.what : `${setting.what} Write ${setting.write}.`;
  const image = /^([A-Z_]+)_VERSION$/.exec(name)?.[1]?.toLowerCase().replaceAll("_", "-");
  const meaning = OF_COMPOSE[name] ?? (image && `The release of ${image}.`);
  if (!meaning) throw new Error(`${name} of compose.yaml is nowhere described: do so in env-example.ts`);
  return meaning;
}

/** As wide as the rest of the tree. */
const comment = (text: string) => text.replaceAll(/(.{1,106})(?:\s+|$)/g, "# $1\n");
