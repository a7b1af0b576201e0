import type { ReturnVisit } from "@guanxi/contract/guanxi/interaction/v1/return_visit";
import type { GetReturnVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/return_visit_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../return-visit.ts";
import { returnVisits } from "../return-visits.ts";

export const getReturnVisit = query<GetReturnVisitRequest, ReturnVisit>(async ({ returnVisitId }, at) =>
  present(await get(at, returnVisits, returnVisitId)),
);
