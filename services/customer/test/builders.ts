// Customers for the tests of rules.
import {
  type ContactPoint,
  ContactPoint_Kind as Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import { Customer, Customer_Kind } from "@guanxi/contract/guanxi/customer/v1/customer";
import type { FieldDefinitionState } from "../src/field-definitions/field-definition.ts";
import type { CustomerState, Setting } from "../src/customers/customer-state.ts";
import { register } from "../src/customers/customer.ts";

export const now = new Date("2026-03-01T12:00:00Z");
export const setting: Setting = { now, today: "2026-03-01", country: "CN", definitions: [] };
export const ID = "01970000-0000-7000-8000-000000000001";

export const phone = (value: string): ContactPoint => ({
  kind: Kind.PHONE,
  value,
  normalised: "",
  label: "",
  primary: false,
});
export const email = (value: string): ContactPoint => ({ ...phone(value), kind: Kind.EMAIL });

/** What a test says of a message; fromPartial fills the rest. */
export type Sent<T> = T extends Date | Uint8Array
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Sent<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Sent<T[Key]> | undefined }
      : T;

const sentCustomer = (sent: object) => Customer.fromPartial(sent);

export const aPerson = (sent: Sent<Customer> = {}, at = setting): CustomerState =>
  register(sentCustomer({ kind: Customer_Kind.PERSON, displayName: "张三", ...sent }), ID, at);

export const aFirm = (sent: Sent<Customer> = {}, at = setting): CustomerState =>
  register(sentCustomer({ kind: Customer_Kind.ORGANISATION, displayName: "北京华新", ...sent }), ID, at);

export const definition = (given: Partial<FieldDefinitionState>): FieldDefinitionState => ({
  fieldDefinitionId: ID,
  key: "seats",
  type: "NUMBER",
  labels: {},
  required: false,
  unique: false,
  filterable: false,
  personal: false,
  options: [],
  createTime: now,
  updateTime: now,
  version: 1,
  ...given,
});
