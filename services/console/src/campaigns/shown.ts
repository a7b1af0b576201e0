// The parts of a campaign in words.
import type { Campaign } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { moneyOf } from "../text/money.ts";
import { namesQuery } from "./data.ts";
import { currencyOf, daysOf, type Part, type Values } from "./values.ts";
import { useCampaigns } from "./words.ts";

const LABELS = {
  name: "name",
  description: "description",
  kind: "kind",
  target: "target",
  segmentIds: "include",
  excludedSegmentIds: "exclude",
  condition: "condition",
  steps: "steps",
  period: "period",
  budget: "budget",
} as const;

type Shown = keyof typeof LABELS;

export function useShown(campaign: Campaign) {
  const say = useCampaigns();
  const format = useFormat();
  const { tenant } = useMe();
  const { data: names, isFetching } = useQuery(namesQuery);
  const unknown = (id: string) => (isFetching ? "…" : id);
  const segment = (id: string) => names?.segments.find((each) => each.segmentId === id)?.name ?? unknown(id);
  const template = (id = "") => names?.templates.find((each) => each.templateId === id)?.name ?? unknown(id);
  const target = (planAndTarget: string) => {
    const [planId, targetId] = planAndTarget.split("/");
    const plan = names?.plans.find((each) => each.planId === planId);
    const found = plan?.targets.find((each) => each.targetId === targetId);
    return plan && found ? `${plan.name} · ${segment(found.segmentId)}` : unknown(planAndTarget);
  };
  const inWords: Record<Shown, (values: Values) => string> = {
    name: ({ name }) => name,
    description: ({ description }) => description,
    kind: ({ kind }) => kind,
    target: (values) => target(values.target),
    segmentIds: ({ segmentIds = [] }) => segmentIds.map(segment).join(", "),
    excludedSegmentIds: ({ excludedSegmentIds = [] }) => excludedSegmentIds.map(segment).join(", "),
    condition: ({ condition = "" }) => condition,
    steps: ({ steps }) =>
      steps
        .map(({ templateId, waitDays = 0 }) =>
          say("stepOf", { template: template(templateId), days: waitDays }),
        )
        .join(", "),
    period: daysOf,
    budget: ({ budget }) => format.money(moneyOf(budget, currencyOf(campaign, tenant.currencyCode))),
  };
  return {
    labelOf: (part: Shown) => say(LABELS[part]),
    shown: (part: Shown, values: Values) => inWords[part](values),
  };
}

export const SHOWN = Object.keys(LABELS) as Shown[]; // Object.keys does not know that there are no others

export const isShown = (part: Part): part is Shown => part in LABELS;
