import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { GetCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { cases } from "../cases.ts";
import { present } from "../present.ts";

export const getCase = query<GetCaseRequest, Case>(async ({ caseId }, at) =>
  present(await get(at, cases, caseId)),
);
