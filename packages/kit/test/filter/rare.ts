import { NOW, type Tree } from "./arbitraries.ts";
import { type Customer, customers } from "./customers.ts";

/** What the random search meets only after some thousand cases: rows and an expression that divides them. */
export const RARE: [Customer[], Tree][] = [
  [
    [customer(1, { name: "\ud7ff!" }), customer(2, { name: "\ue000" })],
    { is: "startsWith", field: field("name"), text: "\ud7ff" },
  ],
  [
    [customer(1, { tags: ["vip", "new"] }), customer(2, { tags: ["vip"] })],
    {
      is: "and",
      of: [
        { is: "tagged", field: field("tags"), text: "vip" },
        { is: "exists", field: field("tags"), text: "new" },
      ],
    },
  ],
  [
    [customer(1, { name: "～" }), customer(2, { name: "😀" })],
    { is: "compare", field: field("name"), op: "<", value: "😀", flipped: false },
  ],
  [
    [customer(1, { lifetimeValueMicros: 1_001_000n }), customer(2, { lifetimeValueMicros: 1_005_000n })],
    { is: "compare", field: field("lifetime_value"), op: "==", value: 1_005_000n, flipped: true },
  ],
];

function customer(number: number, differs: Partial<Customer>): Customer {
  const customerId = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const lists = { tags: [], emails: [], roles: [] };
  return { customerId, name: "", stage: "LEAD", createTime: NOW, ...lists, custom: {}, ...differs };
}

function field(name: string) {
  const found = customers.fields.get(name);
  if (!found) throw new Error(`the example has no field ${name}`);
  return found;
}
