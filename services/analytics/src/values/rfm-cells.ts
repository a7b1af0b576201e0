import type { ValuePlan } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { RFM_CELLS } from "../models/rfm-cells.ts";

/** As it is published. Events and runs go without: the names are nobody's choice. */
export const withCells = (plan: ValuePlan): ValuePlan => ({
  ...plan,
  rfmCells: Object.fromEntries(RFM_CELLS),
});
