import { expect, test } from "vitest";
import { fieldOf, inputOf, tells } from "./draft.ts";

test("what was left empty is not sent", () => {
  expect(
    inputOf("KIND_PERSON", { displayName: " 张三 ", phone: " ", legalName: "", custom: { seats: null } }),
  ).toEqual({
    kind: "KIND_PERSON",
    displayName: "张三",
    contactPoints: [],
  });
});

test("a refusal goes to the field that it is about", () => {
  const draft = { email: "a@b.c" };
  expect(fieldOf("customer.credit_code", draft)).toBe("creditCode");
  expect(fieldOf("customer.contact_points[0].value", draft)).toBe("email");
  expect(fieldOf("customer.contact_points[0].value", { ...draft, phone: "1" })).toBe("phone");
  expect(fieldOf("customer.custom.seats", draft)).toEqual(["custom", "seats"]);
  expect(fieldOf("customer.external_ids", draft)).toBeUndefined();
});

test("nobody is looked for by one character", () => {
  expect(tells({ displayName: "张" })).toBe(false);
  expect(tells({ displayName: "张三" })).toBe(true);
  expect(tells({ email: "a@" })).toBe(true);
});
