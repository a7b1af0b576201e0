import { Case } from "@guanxi/contract/guanxi/service_desk/v1/case";
import type { CreateCaseRequest } from "@guanxi/contract/guanxi/service_desk/v1/case_service";
import { command } from "@guanxi/kit/handler";
import { idOf } from "../case.ts";
import { openCase } from "../open-case.ts";
import { present } from "../present.ts";
import { requireReferences } from "../references.ts";

export const createCase = command<CreateCaseRequest, Case>(async (request, at) => {
  const sent = Case.fromPartial(request.case ?? {});
  const { customerId, orderId, productId } = sent;
  await requireReferences(at, {
    customerId: idOf(customerId),
    orderId: idOf(orderId),
    productId: idOf(productId),
  });
  return present(await openCase(at, sent));
});
