import type { Visit } from "@guanxi/contract/guanxi/interaction/v1/visit";
import type { GetVisitRequest } from "@guanxi/contract/guanxi/interaction/v1/visit_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../present.ts";
import { visits } from "../visits.ts";

export const getVisit = query<GetVisitRequest, Visit>(async ({ visitId }, at) =>
  present(await get(at, visits, visitId)),
);
