// What a particular of an opportunity is called and how its value reads, wherever it stands: in its place, in a conflict, in the
// history.
import type { Pipeline } from "@guanxi/client/gen/guanxi";
import { type Money, useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { useCompetitors, useProducts, useUserName } from "./data.ts";
import { type Day, dayText } from "./days.ts";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

const NAMES = {
  displayName: "name",
  customerId: "customer",
  ownerId: "owner",
  pipelineId: "pipelineOf",
  stageId: "stage",
  amount: "amount",
  probability: "probability",
  forecastCategory: "category",
  openDate: "openDate",
  expectedCloseDate: "expectedClose",
  closeDate: "closeDate",
  lostReason: "lostReason",
  lostNote: "lostNote",
  productIds: "products",
  type: "type",
  nextStep: "nextStep",
  nextStepDate: "nextStepDate",
  competitorId: "competitor",
} as const;

type Known = keyof typeof NAMES;
const isKnown = (field: string): field is Known => field in NAMES;

/** Fields that follow from others tell nothing by themselves. */
export const isTelling = (field: string): boolean => isKnown(field);

export function useShown(pipeline: Pipeline, customers: ReadonlyMap<string, string> = new Map()) {
  const say = useWords();
  const format = useFormat();
  const label = useLabel();
  const nameOf = useStageName();
  const userName = useUserName();
  const products = useProducts().data ?? [];
  const competitors = useCompetitors().data ?? [];
  const product = (id: string) =>
    products.find(({ productId }) => productId === id)?.displayName ?? say("deleted");
  const ways: Partial<Record<Known, (value: never) => string | undefined>> = {
    customerId: (id: string) => customers.get(id),
    ownerId: userName,
    pipelineId: () => pipeline.displayName,
    stageId: (id: string) => {
      const stage = pipeline.stages.find(({ stageId }) => stageId === id);
      return stage ? nameOf(stage) : id;
    },
    amount: (money: Money) => format.money(money),
    probability: (per: number) => `${per}%`,
    forecastCategory: (value: string) => label("ForecastCategory", value),
    lostReason: (value: string) => label("OpportunityLostReason", value),
    type: (value: string) => label("OpportunityType", value),
    openDate: (day: Day) => format.date(dayText(day)),
    expectedCloseDate: (day: Day) => format.date(dayText(day)),
    closeDate: (day: Day) => format.date(dayText(day)),
    nextStepDate: (day: Day) => format.date(dayText(day)),
    productIds: (ids: string[]) => ids.map(product).join("、"),
    competitorId: (id: string) => competitors.find(({ competitorId }) => competitorId === id)?.name,
  };
  const shown = (field: string, value: unknown): string => {
    if (value === undefined || value === null || value === "") return "";
    const way = isKnown(field) ? ways[field] : undefined;
    return way ? (way(value as never) ?? say("unknown")) : String(value);
  };
  const labelOf = (field: string): string => (isKnown(field) ? say(NAMES[field]) : field);
  return { shown, labelOf };
}
