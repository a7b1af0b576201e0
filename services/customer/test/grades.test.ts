import { CustomerValue } from "@guanxi/contract/guanxi/analytics/v1/customer_value";
import {
  ValueCleared,
  ValueDropped,
  ValueScored,
} from "@guanxi/contract/guanxi/analytics/v1/customer_value_events";
import { type Customer, Grade, GradeSource } from "@guanxi/contract/guanxi/customer/v1/customer";
import {
  ChangeGradeRequest,
  ListCustomerHistoryRequest,
} from "@guanxi/contract/guanxi/customer/v1/customer_requests";
import { CustomerServiceService } from "@guanxi/contract/guanxi/customer/v1/customer_service";
import type { TestUser } from "@guanxi/testkit/service";
import { afterAll, beforeAll, expect, test } from "vitest";
import { create, createFirm, list, read } from "./calls.ts";
import { counts, importing } from "./imports.ts";
import { customerService } from "./service.ts";
import { startTeller } from "./teller.ts";

const service = customerService();
let analytics: Awaited<ReturnType<typeof startTeller>>;
beforeAll(async () => {
  analytics = await startTeller("analytics", service.nats.url, [CustomerValue as never]);
});
afterAll(() => analytics.stop());

const RUN = "01970000-0000-7000-8000-0000000000aa";

async function value(
  user: TestUser,
  customerId: string,
  grade: Grade | undefined,
  event: unknown = ValueScored,
) {
  const state = CustomerValue.fromPartial({
    customerId,
    valueRunId: RUN,
    modelVersion: "value/1",
    ...(grade && { grade }),
  });
  const { tell } = analytics;
  await tell(
    user.tenantId,
    CustomerValue,
    customerId,
    event as never,
    grade === undefined ? undefined : state,
  );
  await analytics.published();
  await service.settled();
}

const say = (user: TestUser, customerId: string, grade: Grade): Promise<Customer> =>
  user.call(
    CustomerServiceService.changeGrade,
    ChangeGradeRequest.fromPartial({ customerId, grade, reason: "review" }),
  );

const graded = async (user: TestUser, customerId: string) => {
  const { grade, gradeSource } = await read(user, customerId);
  return [grade, gradeSource];
};

test("R026 a customer takes its grade from the value model, with before and after, and the run as the reason", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin);
  await value(lin, customerId, Grade.B);
  expect(await graded(lin, customerId)).toEqual([Grade.B, GradeSource.MODEL]);
  await value(lin, customerId, Grade.B);
  await value(lin, customerId, Grade.D, ValueDropped);
  expect(await graded(lin, customerId)).toEqual([Grade.D, GradeSource.MODEL]);

  const events = (await service.events(lin.tenantId)).slice(1);
  const reason = `value model value/1, run ${RUN}`;
  expect(events.map(({ type, message }) => [type, message.reason])).toEqual([
    ["GradeChanged", reason],
    ["GradeChanged", reason],
  ]);
  expect(events[1]).toMatchObject({
    meta: { actor: { id: "customer/grades" }, hops: 1 },
    previous: { grade: "GRADE_B" },
    state: { grade: "GRADE_D", gradeSource: "GRADE_SOURCE_MODEL" },
  });
  const { entries } = await lin.call(
    CustomerServiceService.listCustomerHistory,
    ListCustomerHistoryRequest.fromPartial({ customerId }),
  );
  expect(entries.slice(0, 2)).toMatchObject([
    { field: "grade", oldValue: "B", newValue: "D", reason, actor: { name: "customer/grades" } },
    { field: "grade", oldValue: "", newValue: "B", reason },
  ]);
  await value(lin, customerId, undefined, ValueCleared);
  expect(await graded(lin, customerId)).toEqual([Grade.UNSPECIFIED, GradeSource.UNSPECIFIED]);
});

test("R026 a grade that a person gave stays until they hand it back", async () => {
  const lin = await service.user();
  const { customerId } = await create(lin, { grade: Grade.A });
  expect(await graded(lin, customerId)).toEqual([Grade.A, GradeSource.MANUAL]);
  await value(lin, customerId, Grade.C);
  expect(await graded(lin, customerId)).toEqual([Grade.A, GradeSource.MANUAL]);
  expect(await service.events(lin.tenantId)).toHaveLength(1);

  const back = await say(lin, customerId, Grade.UNSPECIFIED);
  expect(back).toMatchObject({ grade: Grade.C, gradeSource: GradeSource.MODEL });
  expect(await say(lin, customerId, Grade.UNSPECIFIED)).toEqual(back);
  const mine = await say(lin, customerId, Grade.C);
  expect(mine).toMatchObject({ gradeSource: GradeSource.MANUAL, gradeSinceTime: back.gradeSinceTime });
  await value(lin, customerId, Grade.B);
  expect(await graded(lin, customerId)).toEqual([Grade.C, GradeSource.MANUAL]);
  const events = await service.events(lin.tenantId);
  expect(events.map(({ type }) => type)).toEqual(["CustomerRegistered", "GradeChanged", "GradeChanged"]);
  expect(events[2]!.changedFields).toEqual(["grade_source", "update_time"]);
});

test("R026 undone, a file leaves a customer the model's last word, and one that somebody graded as it is", async () => {
  const lin = await service.user();
  const { take, undo } = importing(service);
  const { customerId } = await createFirm(lin, { externalIds: [{ system: "crm", id: "1" }] });
  await value(lin, customerId, Grade.B);
  const it = await take(lin, "customer", "ID,Name,Grade\n1,Firm,A\n2,Model,\n3,Person,\n");
  expect(counts(it)).toEqual([3, 2, 1, 0, 0]);
  expect(await graded(lin, customerId)).toEqual([Grade.A, GradeSource.MANUAL]);
  const { customers } = await list(lin);
  const idOf = (name: string) => customers.find(({ displayName }) => displayName === name)!.customerId;
  await value(lin, customerId, Grade.D);
  for (const name of ["Model", "Person"]) await value(lin, idOf(name), Grade.C);
  await say(lin, idOf("Person"), Grade.C);
  expect(await undo(lin, it.importId)).toMatchObject({
    undoCounts: { removedRecords: 1n, restoredRecords: 1n, keptRecords: 1n },
  });
  expect(await graded(lin, customerId)).toEqual([Grade.D, GradeSource.MODEL]);
  expect(await graded(lin, idOf("Person"))).toEqual([Grade.C, GradeSource.MANUAL]);
});

test("R026 a value of a customer that is not there changes nothing, and those behind it are heard", async () => {
  const [lin, wang] = [await service.user(), await service.user()];
  const { customerId } = await create(lin);
  await value(wang, customerId, Grade.D);
  await value(lin, customerId, Grade.A);
  expect(await graded(lin, customerId)).toEqual([Grade.A, GradeSource.MODEL]);
  expect(await service.events(wang.tenantId)).toEqual([]);
});
