import type { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { RecordReplyRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { saidAt } from "../course.ts";
import { lockCase, nowAfter } from "../keep.ts";
import { present } from "../present.ts";
import { answered } from "../words.ts";

export const recordReply = command<RecordReplyRequest, Case>(async (request, at) => {
  const before = await lockCase(at, request);
  const time = saidAt(before, request.time, nowAfter(before, at));
  return present(await answered(at, before, { time }));
});
