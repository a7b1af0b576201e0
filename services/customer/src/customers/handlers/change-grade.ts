import { type Customer, Grade } from "@guanxi/contract/guanxi/customer/v1/customer";
import { GradeChanged } from "@guanxi/contract/guanxi/customer/v1/customer_events";
import type { ChangeGradeRequest } from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { matchEtag } from "@guanxi/kit/etag";
import { command } from "@guanxi/kit/handler";
import { find, lock, record } from "@guanxi/kit/store";
import { nameOf } from "@guanxi/kit/enum-names";
import { modelGrades } from "../../model-grades/model-grades.ts";
import { grade } from "../customer.ts";
import { customers } from "../customers.ts";
import { answer } from "../present.ts";

export const changeGrade = command<ChangeGradeRequest, Customer>(async (request, at) => {
  const { customerId, etag, reason } = request;
  const [before, [found]] = await Promise.all([
    lock(at, customers, customerId),
    find(at, modelGrades, [customerId]),
  ]);
  matchEtag(before, etag);
  const after = grade(before, nameOf(Grade, request.grade), found?.grade ?? null, at.now);
  if (after === before) return answer(before, at);
  return answer(record(at, customers, after, GradeChanged, { reason }), at);
});
