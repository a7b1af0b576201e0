import type { GetValueRunRequest, ValueRun } from "@guanxi/contract/guanxi/analytics/v1/value_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { presentRun } from "../value-run.ts";
import { valueRuns } from "../value-runs.ts";

export const getValueRun = query<GetValueRunRequest, ValueRun>(async ({ valueRunId }, at) =>
  presentRun(await get(at, valueRuns, valueRunId)),
);
