/** What stands in the address of the list; what is left out is as everybody first sees it. */
export interface CustomersSearch {
  /** A CEL condition, as ListCustomers takes it. */
  filter?: string;
  /** Part of a name. */
  q?: string;
  /** As ListCustomers takes it: display_name desc. */
  order?: string;
  /** Keys of columns in their order; those before the bar stay in place: name|grade,owner. */
  columns?: string;
  archived?: boolean;
  /** A form for a new customer is open. */
  create?: "person" | "organisation";
}

export function customersSearch(search: Record<string, unknown>): CustomersSearch {
  const { filter, q, order, columns, archived, create } = search;
  return {
    ...text("filter", filter),
    ...text("q", q),
    ...text("order", order),
    ...text("columns", columns),
    ...(archived === true && { archived }),
    ...((create === "person" || create === "organisation") && { create }),
  };
}

/** An address says 2026 or true where somebody looks for that text. */
const text = (key: "filter" | "q" | "order" | "columns", value: unknown): CustomersSearch =>
  ["string", "number", "boolean"].includes(typeof value) && value !== "" ? { [key]: String(value) } : {};
