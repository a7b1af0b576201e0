import type { Figure, FigureDefinition, FigureGroup } from "@guanxi/client/gen/guanxi";

/** What all questions for figures of service and satisfaction answer. */
export interface GroupAnswer {
  groups: FigureGroup[];
  definitions: FigureDefinition[];
  asOfTime?: string;
}

export const figureIn = (group: FigureGroup | undefined, figure: string): Figure | undefined =>
  group?.figures.find((each) => each.figure === figure);
