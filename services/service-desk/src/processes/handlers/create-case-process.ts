import { CaseProcess } from "@guanxi/contract/guanxi/service_desk/v1/case_process";
import { CaseProcessCreated } from "@guanxi/contract/guanxi/service_desk/v1/case_process_events";
import type { CreateCaseProcessRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_process_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { requireQueues } from "../../queues/queues.ts";
import { create, present } from "../case-process.ts";
import { caseProcesses } from "../case-processes.ts";

export const createCaseProcess = command<CreateCaseProcessRequest, CaseProcess>(async (request, at) => {
  const process = create(CaseProcess.fromPartial(request.caseProcess ?? {}), at.newId(), at.now);
  await requireQueues(at, [process.queueId ?? ""], "case_process.queue_id");
  return present(record(at, caseProcesses, process, CaseProcessCreated));
});
