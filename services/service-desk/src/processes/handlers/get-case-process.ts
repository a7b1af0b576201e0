import type { CaseProcess } from "@guanxi/contract/guanxi/service_desk/v1/case_process";
import type { GetCaseProcessRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_process_service";
import { query } from "@guanxi/kit/handler";
import { get } from "@guanxi/kit/store";
import { present } from "../case-process.ts";
import { caseProcesses } from "../case-processes.ts";

export const getCaseProcess = query<GetCaseProcessRequest, CaseProcess>(async ({ caseProcessId }, at) =>
  present(await get(at, caseProcesses, caseProcessId)),
);
