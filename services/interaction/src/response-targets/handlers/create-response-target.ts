import { ResponseTarget } from "@guanxi/contract/guanxi/interaction/v1/response_target";
import { ResponseTargetCreated } from "@guanxi/contract/guanxi/interaction/v1/response_target_events";
import type { CreateResponseTargetRequest } from "@guanxi/contract/guanxi/interaction/v1/response_target_service";
import { command } from "@guanxi/kit/handler";
import { record } from "@guanxi/kit/store";
import { create, present } from "../response-target.ts";
import { responseTargets } from "../response-targets.ts";

export const createResponseTarget = command<CreateResponseTargetRequest, ResponseTarget>(
  async (request, at) => {
    const sent = ResponseTarget.fromPartial(request.responseTarget ?? {});
    return present(record(at, responseTargets, create(sent, at.newId(), at.now), ResponseTargetCreated));
  },
);
