import type { FigureGroup } from "@guanxi/client/gen/guanxi";
import { FROM_0_TO_1 } from "./axis.ts";
import type { FigureName } from "./figure-words.ts";
import { figureIn } from "./figure-in.ts";
import type { Kind } from "./sheet.ts";

/** Below this many answers a share says more of chance than of customers. */
export const LEAST_ANSWERS = 5;

export interface Score {
  figure: FigureName;
  kind: Kind;
  axis: { min: number; max: number; interval: number };
}

export const SCORES = {
  csat: { figure: "customer_satisfaction", kind: "share", axis: FROM_0_TO_1 },
  nps: { figure: "net_promoter_score", kind: "points", axis: { min: -100, max: 100, interval: 50 } },
  ces: { figure: "customer_effort_score", kind: "score", axis: { min: 1, max: 7, interval: 1 } },
} satisfies Record<string, Score>;

export type ScoreName = keyof typeof SCORES;

export interface Scored {
  n: number;
  /** Absent where there are too few answers. */
  value: number | undefined;
  rowsFilter: string;
}

export function scoreIn(group: FigureGroup, figure: string): Scored {
  const { value, denominator: n = 0, rowsFilter = "" } = figureIn(group, figure) ?? {};
  return { n, value: n < LEAST_ANSWERS ? undefined : value, rowsFilter };
}
