import { ComplaintCauseWatch } from "@guanxi/contract/guanxi/analytics/v1/complaint_cause_watch";
import { QueryComplaintCausesRequest_By as By } from "@guanxi/contract/guanxi/analytics/v1/service_figure_service";
import type { State } from "@guanxi/kit/columns";
import { dateOf } from "@guanxi/kit/days";
import { etagOf } from "@guanxi/kit/etag";
import { table } from "@guanxi/kit/table";
import { EntitySchema } from "typeorm";
import { madeId } from "@guanxi/kit/made-id";
import type { CauseBy } from "./complaint-causes.ts";

export interface CauseWatch extends State {
  readonly complaintCauseWatchId: string;
  readonly by: CauseBy;
  readonly cause: string;
  readonly weekStartDate: string;
  readonly count: number;
  readonly expectedCount: number;
  readonly limitCount: number;
  readonly updateTime: Date;
}

const causeWatchTable = new EntitySchema<CauseWatch>({
  name: "complaint_cause_watch",
  tableName: "complaint_cause_watches",
  columns: {
    complaintCauseWatchId: { name: "complaint_cause_watch_id", type: "uuid", primary: true },
    by: { name: "cause_by", type: "text" },
    cause: { type: "text" },
    weekStartDate: { name: "week_start_date", type: "date" },
    count: { type: "int" },
    expectedCount: { name: "expected_count", type: "double precision" },
    limitCount: { name: "limit_count", type: "int" },
    updateTime: { name: "update_time", type: "timestamptz" },
    version: { type: "int" },
  },
});

export const causeWatches = table({
  entity: causeWatchTable,
  message: ComplaintCauseWatch,
  present: ({ by, weekStartDate, version, ...watch }): ComplaintCauseWatch => ({
    ...watch,
    by: By[by],
    weekStartDate: dateOf(weekStartDate),
    etag: etagOf({ version }),
  }),
});

export const watchIdOf = (tenantId: string, by: CauseBy, cause: string) => madeId(tenantId, by, cause);
