import { expect, test } from "vitest";
import { accessOf, loadContract, sendsOf } from "./contract.ts";

const contract = loadContract();
const methodOf = (service: string, name: string) =>
  contract.getService(service)!.methods.find((method) => method.name === name)!;

test("the descriptor set is found through the package and read once", () => {
  expect(loadContract()).toBe(contract);
  expect(contract.getMessage("guanxi.event.v1.Meta")).toBeDefined();
});

test("a method says who may call it", () => {
  expect(accessOf(contract, methodOf("guanxi.identity.v1.UserService", "CreateUser"))).toEqual({
    resource: "user",
    action: "create",
    caller: "person",
  });
  const getMe = methodOf("guanxi.identity.v1.UserService", "GetMe");
  expect(accessOf(contract, getMe).caller).toBe("signed-in");
  const readEvents = methodOf("guanxi.event.v1.EventLogService", "ReadEvents");
  expect(accessOf(contract, readEvents).caller).toBe("service");
  expect(sendsOf(contract, readEvents)).toBe(false);
});
