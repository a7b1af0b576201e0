import { type CustomField, catalogue, type Field, withCustomFields } from "../../src/filter/catalogue.ts";

/** An example of a catalogue, with each type in a column, in the side table, and defined by a tenant. */
export interface Customer {
  customerId: string;
  name: string;
  ownerId?: string;
  emailKey?: string;
  stage: string;
  grade?: string;
  score?: bigint;
  lifetimeValueMicros?: bigint;
  subscribed?: boolean;
  createTime: Date;
  lastOrderTime?: Date;
  birthDate?: string;
  creditLimitMicros?: bigint;
  tags: string[];
  emails: string[];
  roles: string[];
  visits?: bigint;
  custom: Record<string, unknown>;
}

const STAGES = ["LEAD", "PROSPECT", "CUSTOMER", "FORMER"];
const GRADES = ["A", "B", "C"];
export const ROLES = ["BUYER", "SUPPLIER", "PARTNER"];

const column = (
  name: string,
  type: Field["type"],
  column: string,
  read: (state: Customer) => unknown,
): Field<Customer> => ({ name, type, stored: { column }, read });

const fixed = catalogue<Customer>({ id: "customer_id", side: "customer_values" }, [
  column("name", "text", "name", (c) => c.name),
  column("owner_id", "id", "owner_id", (c) => c.ownerId),
  { ...column("email", "text", "email_key", (c) => c.emailKey), personal: true },
  { ...column("stage", "enum", "stage", (c) => c.stage), values: STAGES },
  { ...column("grade", "enum", "grade", (c) => c.grade), values: GRADES },
  column("score", "int", "score", (c) => c.score),
  column("lifetime_value", "decimal", "lifetime_value_micros", (c) => c.lifetimeValueMicros),
  column("subscribed", "bool", "subscribed", (c) => c.subscribed),
  column("create_time", "time", "create_time", (c) => c.createTime),
  column("last_order_time", "time", "last_order_time", (c) => c.lastOrderTime),
  column("birth_date", "date", "birth_date", (c) => c.birthDate),
  {
    ...column("credit_limit", "decimal", "credit_limit_micros", (c) => c.creditLimitMicros),
    sensitive: true,
  },
  { name: "tags", type: "tags", stored: { kind: "tag" }, read: (c) => c.tags },
  { name: "emails", type: "tags", stored: { kind: "email" }, read: (c) => c.emails, personal: true },
  { name: "roles", type: "tags", stored: { kind: "role" }, read: (c) => c.roles, values: ROLES },
  { name: "visits", type: "int", stored: { kind: "visits" }, read: (c) => c.visits },
]);

/** What one tenant has defined. */
export const customFields: CustomField[] = [
  { key: "tier", type: "text" },
  { key: "plan", type: "enum", values: ["FREE", "TEAM", "COMPANY"] },
  { key: "seats", type: "int" },
  { key: "discount", type: "decimal" },
  { key: "signed", type: "bool" },
  { key: "renewal", type: "time" },
  { key: "founded", type: "date" },
];

export const customers = withCustomFields(fixed, customFields);
