import type {
  MissingKpi,
  QueryKpisRequest,
  QueryKpisResponse,
} from "@guanxi/contract/guanxi/analytics/v1/sales_figure_service";
import { query } from "@guanxi/kit/handler";
import { periodOf } from "../../figures.ts";
import { asOf, SALES_MARKS } from "../../marks.ts";
import { customerKpis } from "../customer-kpis.ts";
import { complaintKpis, satisfactionKpis, serviceKpis } from "../service-kpis.ts";
import { leadKpis, opportunityKpis, orderKpis } from "../sales-kpis.ts";

export const queryKpis = query<QueryKpisRequest, QueryKpisResponse>(async (request, at) => {
  const period = periodOf(request);
  const [mark, customers, ...others] = await Promise.all([
    asOf(at, SALES_MARKS),
    customerKpis(at, period),
    orderKpis(at, period),
    opportunityKpis(at, period),
    leadKpis(at, period),
    serviceKpis(at, period),
    complaintKpis(at, period),
    satisfactionKpis(at, period),
  ]);
  return {
    rows: [...customers.rows, ...others.flat()],
    missing: [...customers.missing, ...UNTOLD],
    ...mark,
  };
});

const untold = (what: string, kpis: readonly string[]): MissingKpi[] =>
  kpis.map((kpi) => ({ kpi, reason: `No service tells of ${what} yet.` }));

const UNTOLD = [
  ...untold("plans and quotas", ["quota_attainment"]),
  ...untold("campaigns", ["campaign_roi", "response_rate"]),
];
