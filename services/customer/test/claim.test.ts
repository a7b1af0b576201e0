import {
  ClaimCustomerRequest,
  CustomerServiceService,
} from "@guanxi/contract/guanxi/customer/v1/customer_service";
import type { TestUser } from "@guanxi/testkit/service";
import { expect, test } from "vitest";
import { create } from "./calls.ts";
import { customerService } from "./service.ts";

const service = customerService();

const claim = (user: TestUser, customerId: string) =>
  user.call(CustomerServiceService.claimCustomer, ClaimCustomerRequest.fromPartial({ customerId }));

test("of many who claim a customer of the public pool at once exactly one gets it", async () => {
  const lin = await service.user();
  const colleagues = await Promise.all(
    Array.from({ length: 8 }, () => service.user({ tenantId: lin.tenantId })),
  );
  const { customerId } = await create(lin);
  const claims = await Promise.allSettled(colleagues.map((colleague) => claim(colleague, customerId)));
  const winners = claims.flatMap((one) => (one.status === "fulfilled" ? [one.value.ownerId] : []));
  expect(winners).toHaveLength(1);
  for (const one of claims)
    if (one.status === "rejected") expect(one.reason).toMatchObject({ reason: "CUSTOMER_OWNED" });
  const winner = colleagues.find(({ userId }) => userId === winners[0])!;
  expect(await claim(winner, customerId)).toMatchObject({ etag: "2" });
  const events = await service.events(lin.tenantId);
  expect(events.map(({ type }) => type)).toEqual(["CustomerRegistered", "CustomerClaimed"]);
});
