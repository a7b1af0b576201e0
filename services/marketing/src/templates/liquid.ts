// What a template is written in. Its authors are people of the tenant: a template may loop, but not for long, and reads no files.
import { randomBytes } from "node:crypto";
import { Liquid, type Template, TokenKind, Tokenizer, type TopLevelToken } from "liquidjs";
import { markAddresses } from "./written.ts";

/** Far more than a letter needs; a loop in a loop in a loop ends here, the same on each machine. */
const MOST_STEPS = 10_000;
/** Looked at between two steps, so that a single one must not be able to take long. */
const LONGEST_MS = 500;
const MOST_MEMORY = 100_000;
const LONGEST_SOURCE = 250_000;
/** One step: what it works on is bounded by the memory, what it does with it by this. */
const LONGEST_TAG = 500;
/** Reading them takes longer and longer the more they are: 28,000 took two seconds. */
const MOST_TAGS = 1_000;
/** Larger mails are cut off by what reads them. */
const LONGEST_OUTPUT = 200_000;

/** No text is kept apart from where it is said, nothing is included, and nothing is shown as it stands. */
const TAGS = new Set("assign break case comment continue cycle for if unless #".split(" "));
/**
 * Each goes once through what it is given, and counts it as memory. Left out: expressions over lists (where_exp), which are one step
 * however long they take; lists of lists (push, group_by), which double with each step; raw, by which the words of a customer would
 * be HTML.
 */
const FILTERS = new Set(
  (
    "abs append at_least at_most capitalize ceil date default divided_by downcase escape first floor join last minus modulo plus " +
    "prepend remove remove_first replace replace_first round size slice split squish strip times truncate truncatewords upcase " +
    "url_encode"
  ).split(" "),
);

const engine = (more: { outputEscape?: "escape" }): Liquid => {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    parseLimit: LONGEST_SOURCE,
    renderLimit: LONGEST_MS,
    memoryLimit: MOST_MEMORY,
    ...more,
  });
  for (const tag of Object.keys(liquid.tags)) if (!TAGS.has(tag)) delete liquid.tags[tag];
  for (const filter of Object.keys(liquid.filters)) if (!FILTERS.has(filter)) delete liquid.filters[filter];
  return liquid;
};

const ENGINES = { text: engine({}), html: engine({ outputEscape: "escape" }) };

export type Form = keyof typeof ENGINES;

interface Problem {
  readonly reason: "BROKEN_TEMPLATE" | "UNKNOWN_NAME";
  readonly description: string;
}

/** What may stand in a template, and below customer. What a tenant has defined stands in custom, whatever it is called. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  customer: [
    "display_name",
    "legal_name",
    "kind",
    "industry",
    "region_code",
    "city",
    "language",
    "grade",
    "lifecycle_stage",
    "tags",
    "topics",
    "custom",
  ],
  campaign: ["name"],
  owner: ["display_name"],
  segment_offer: [],
  unsubscribe_url: [],
};

interface Checked {
  readonly problems: readonly Problem[];
  readonly names: ReadonlySet<string>;
}

/** Whether a source can be used, and what it names. */
export function checkSource(source: string, form: Form): Checked {
  try {
    const liquid = ENGINES[form];
    const tooLarge = tooLargeIn(tokensOf(source, form));
    if (tooLarge) return { problems: [tooLarge], names: new Set() };
    const { globals } = liquid.analyzeSync(liquid.parse(source), { partials: false });
    const all = Object.values(globals).flat();
    return { problems: all.flatMap(problemOf), names: new Set(Object.keys(globals)) };
  } catch (error) {
    const problem = {
      reason: "BROKEN_TEMPLATE",
      description: (error as Error).message.slice(0, 300),
    } as const;
    return { problems: [problem], names: new Set() };
  }
}

const tokensOf = (source: string, form: Form): TopLevelToken[] =>
  new Tokenizer(source).readTopLevelTokens(ENGINES[form].options);

function tooLargeIn(tokens: readonly TopLevelToken[]): Problem | undefined {
  const tags = tokens.filter(({ kind }) => kind !== TokenKind.HTML);
  const long = tags.find(({ begin, end }) => end - begin > LONGEST_TAG);
  if (!long && tags.length <= MOST_TAGS) return undefined;
  const description = long
    ? `has a tag of more than ${LONGEST_TAG} characters: ${long.input.slice(long.begin, long.begin + 40)}…`
    : `has more than ${MOST_TAGS} tags`;
  return { reason: "BROKEN_TEMPLATE", description };
}

interface Named {
  readonly segments: readonly unknown[];
  readonly location: { readonly row: number; readonly col: number };
}

function problemOf({ segments, location }: Named): Problem[] {
  const [root, field] = segments;
  const fields = typeof root === "string" && Object.hasOwn(NAMES, root) ? NAMES[root]! : undefined;
  if (fields && (field === undefined || (typeof field === "string" && fields.includes(field)))) return [];
  const name = segments.map((each) => (typeof each === "string" ? each : "…")).join(".");
  const known = fields?.length ? fields.map((each) => `${String(root)}.${each}`) : Object.keys(NAMES);
  const place = `line ${location.row}, column ${location.col}`;
  return [
    { reason: "UNKNOWN_NAME", description: `names ${name} at ${place}: there are ${known.join(", ")}` },
  ];
}

interface Parsed {
  readonly templates: Template[];
  readonly origins: ReadonlySet<string>;
}

/** The same sources are rendered for each member of a campaign. */
const parsed = new Map<string, Parsed>();
const MOST_PARSED = 200;

function parse(source: string, form: Form): Parsed {
  const key = `${form} ${source}`;
  const known = parsed.get(key);
  if (known) return known;
  const parts = tokensOf(source, form).map(({ kind, begin, end, input }) => {
    const part = input.slice(begin, end);
    return kind === TokenKind.HTML ? markAddresses(part, form, MARK) : { text: part, origins: [] };
  });
  const made = {
    templates: ENGINES[form].parse(parts.map(({ text }) => text).join("")),
    origins: new Set(parts.flatMap(({ origins }) => origins)),
  };
  if (parsed.size >= MOST_PARSED) parsed.delete(parsed.keys().next().value!);
  parsed.set(key, made);
  return made;
}

const MARK = "{{ address_mark }}";

/** What a template says, and which addresses in it are its own. */
export interface Said {
  readonly text: string;
  /** Stands before each address that the template's author has written; another one each time, so that nobody else can write it. */
  readonly mark: string;
  /** Where those addresses lead, as https://example.com: what follows may come from a value. */
  readonly origins: ReadonlySet<string>;
}

/** Throws where a name has no value, or it would take too long or become too large. */
export function renderSource(source: string, form: Form, scope: object): Said {
  const { templates, origins } = parse(source, form);
  // Letters for private use stand in no address, so that one ends there.
  const mark = `\uE000${randomBytes(12).toString("hex")}\uE001`;
  const marked = { ...scope, address_mark: mark };
  const text = String(ENGINES[form].renderSync(templates, marked, { templateLimit: MOST_STEPS }));
  if (text.length > LONGEST_OUTPUT) throw new Error(`is longer than ${LONGEST_OUTPUT} characters`);
  return { text, mark, origins };
}
