// How well customers are served, and what they think of it: those of the figures that stand for all.
import type { Kpi } from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import type { At } from "@guanxi/kit/at";
import { caseFields } from "../cases/case-fields.ts";
import { caseMeasures } from "../cases/case-measures.ts";
import { COMPLAINT_RATES, complaintCounts } from "../cases/complaint-rates.ts";
import { SEEN_CASES } from "../cases/seen-cases.ts";
import type { Period } from "../figures.ts";
import { type Figures, figuresOf, inPeriod } from "../measures/figures-of.ts";
import { satisfactionOf } from "../satisfaction/satisfaction-of.ts";
import { ratio } from "./kpi.ts";

const OF_CASES = {
  first_response_time_mean: "first_response_time",
  resolution_time_mean: "resolution_time",
  sla_attainment: "sla_attainment",
  first_contact_resolution: "first_contact_resolution",
  complaint_response_rate: "complaint_response_rate",
};

/** Of the cases opened in the period. */
export async function serviceKpis(at: At, period: Period): Promise<Kpi[]> {
  const figures = await figuresOf(at, {
    source: SEEN_CASES,
    catalogue: caseFields,
    by: [],
    customer: -1,
    measures: caseMeasures,
    rowsMethod: "ListCaseFacts",
    where: () => inPeriod("open_date", period),
  });
  return picked(figures, OF_CASES);
}

const OF_ANSWERS = {
  customer_satisfaction: "customer_satisfaction",
  net_promoter_score: "net_promoter_score",
  customer_effort_score: "customer_effort_score",
};

/** Of the answers given in the period. */
export async function satisfactionKpis(at: At, period: Period): Promise<Kpi[]> {
  return picked(await satisfactionOf(at, { groupBy: [], customer: -1, surveyId: "", period }), OF_ANSWERS);
}

export async function complaintKpis(at: At, period: Period): Promise<Kpi[]> {
  const [count] = await complaintCounts(at, period);
  const { complaints, orders, customers } = count!;
  const [forOrders, forCustomers] = COMPLAINT_RATES;
  return [rate(forOrders, complaints, orders), rate(forCustomers, complaints * 1000, customers)];
}

const rate = (of: (typeof COMPLAINT_RATES)[number], numerator: number, denominator: number): Kpi =>
  ratio({ kpi: of.figure, definition: of.definition, numerator, denominator });

function picked({ groups, definitions }: Figures, names: Readonly<Record<string, string>>): Kpi[] {
  return definitions.flatMap(({ figure, unit, definition }, place) => {
    const kpi = names[figure];
    if (!kpi) return [];
    const { value, numerator, denominator } = groups[0]!.figures[place]!;
    return { kpi, value, numerator, denominator, unit, definition, currencyCode: "" };
  });
}
