// What a caller may see of a portrait: a part by the right to read what it is made of, and names in it by the right to know who.
import type { At } from "@guanxi/kit/at";
import { MASK } from "@guanxi/kit/personal";
import type { PortraitRow } from "./portrait-row.ts";

const RESOURCES = {
  people: "contact",
  segments: "segment",
  interactions: "interaction",
  tasks: "task",
  cases: "case",
  pipeline: "opportunity",
  orders: "order",
  value: "customer_value",
  scores: "feedback",
  campaigns: "campaign",
  referral: "customer",
  winBack: "win_back",
} as const;

export type Part = keyof typeof RESOURCES;

export const maySee = (part: Part, at: At): boolean => at.may(RESOURCES[part], "read");

/** Empty where the caller may read the part. */
export const neededRight = (part: Part, at: At): string =>
  maySee(part, at) ? "" : `${RESOURCES[part]}:read`;

/** What a part is where it may not be read. */
const EMPTY: { readonly [P in Part]: Partial<PortraitRow> } = {
  people: { people: [], peopleCount: 0 },
  segments: { segments: [] },
  interactions: {
    interactions: [],
    unanswered: [],
    contacted: { lastInbound: null, lastOutbound: null, days90: 0 },
  },
  tasks: { tasks: [] },
  cases: { cases: [], caseCounts: { open: 0, breached: 0, complaints: 0 } },
  pipeline: { opportunities: [], pipeline: { count: 0, micros: "0" } },
  orders: {
    orders: [],
    sold: { count: 0, first: null, last: null, revenue: "0", margin: "0", revenue365: "0", open: 0 },
  },
  value: { value: null, drop: null },
  scores: { nps: null, csat: null, feedback: [] },
  campaigns: { campaigns: [] },
  referral: { referrer: null, referredCount: 0 },
  winBack: { winBack: null },
};

/** The edge hides what is personal from whoever may not know who customers are; who may, may still not know it of a case. */
const MASKED: { readonly [P in Part]?: (row: PortraitRow) => Partial<PortraitRow> } = {
  people: ({ people }) => ({ people: people.map((each) => ({ ...each, displayName: MASK })) }),
  interactions: ({ interactions, unanswered }) => ({
    interactions: interactions.map(withoutSubject),
    unanswered: unanswered.map(withoutSubject),
  }),
  tasks: ({ tasks }) => ({
    tasks: tasks.map((each) => ({ ...each, body: { ...each.body, title: MASK } })),
  }),
  cases: ({ cases }) => ({ cases: cases.map(withoutSubject) }),
  pipeline: ({ opportunities }) => ({
    opportunities: opportunities.map((each) => ({ ...each, body: { ...each.body, displayName: MASK } })),
  }),
};

const withoutSubject = <T extends { readonly body: { readonly subject: string } }>(item: T): T => ({
  ...item,
  body: { ...item.body, subject: item.body.subject && MASK },
});

export function visible(row: PortraitRow, at: At): PortraitRow {
  const parts = Object.keys(RESOURCES) as Part[];
  return parts.reduce((seen: PortraitRow, part) => {
    if (!maySee(part, at)) return { ...seen, ...EMPTY[part] };
    const mask = MASKED[part];
    return !mask || at.may(RESOURCES[part], "read_personal") ? seen : { ...seen, ...mask(seen) };
  }, row);
}
