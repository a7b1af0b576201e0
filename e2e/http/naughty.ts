// One text in every text field at once; what is refused gets a good value, until the rest is taken.
export interface Slot {
  /** As a problem names it: customer.display_name */
  readonly field: string;
  /** What to send instead once the text was refused here. */
  readonly good: string;
}

type Shape = (valueOf: (field: string) => string, index: number) => object;

export interface Resource {
  readonly path: string;
  readonly id: string;
  readonly slots: readonly Slot[];
  readonly shape: Shape;
}

interface Problem {
  readonly reason: string;
  readonly violations?: readonly { readonly field: string }[];
}

export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

export const asking =
  (url: string, token: string): Ask =>
  (path, init = {}) => {
    const bearer = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return fetch(url + path, { ...init, headers: { ...bearer, ...init.headers } });
  };

export interface Fate {
  /** In words; empty when the text came back wherever it was taken. */
  readonly wrong: readonly string[];
  /** In how many fields it was taken. */
  readonly taken: number;
}

export async function send(ask: Ask, resource: Resource, text: string, index: number): Promise<Fate> {
  const replaced = new Set<string>();
  for (let round = 0; round <= resource.slots.length; round++) {
    const valueOf = (field: string) => {
      const slot = resource.slots.find((each) => each.field === field)!;
      return replaced.has(field) ? slot.good : text;
    };
    const body = JSON.stringify(resource.shape(valueOf, index));
    const answer = await ask(resource.path, { method: "POST", body });
    if (answer.ok) {
      const { [resource.id]: id } = (await answer.json()) as Record<string, string>;
      const wrong = await comesBack(ask, `${resource.path}/${id}`, body);
      return { wrong, taken: resource.slots.length - replaced.size };
    }
    const problem = (await answer.json()) as Problem;
    const named = (problem.violations ?? []).flatMap(({ field }) => meant(resource.slots, field));
    const fresh = named.filter((field) => !replaced.has(field));
    if (answer.status !== 400 || fresh.length === 0)
      return failed(`${answer.status} ${JSON.stringify(problem)}`);
    for (const field of fresh) replaced.add(field);
  }
  return failed("was refused even with good values everywhere");
}

const failed = (what: string): Fate => ({ wrong: [what], taken: 0 });

/** A rule of a whole part is told at the part: customer.contact_points[1] for its value. */
const meant = (slots: readonly Slot[], field: string): string[] =>
  slots
    .filter(
      (slot) =>
        slot.field === field || slot.field.startsWith(`${field}.`) || slot.field.startsWith(`${field}[`),
    )
    .map((slot) => slot.field);

async function comesBack(ask: Ask, path: string, sent: string): Promise<string[]> {
  const answer = await ask(path);
  return differences(JSON.parse(sent), await answer.json(), "");
}

/** What was sent and is not there, byte by byte; what the service adds is its own. */
function differences(sent: unknown, kept: unknown, path: string): string[] {
  if (typeof sent !== "object" || sent === null)
    return sent === kept ? [] : [`${path}: ${JSON.stringify(sent)} came back as ${JSON.stringify(kept)}`];
  return Object.entries(sent).flatMap(([key, value]) =>
    differences(value, (kept as Record<string, unknown> | undefined)?.[key], `${path}.${key}`),
  );
}
