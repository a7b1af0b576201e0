/**
 * What the runner starts, in the order in which it is shown. A new service joins by its line: its folder is
 * services/<name>, its schema and roles are <name>'s, the ports are picked.
 */
export const services: Service[] = [
  { name: "gateway", front: true },
  { name: "identity", people: true },
  {
    name: "customer",
    reads: [
      "identity-projection-users",
      "sales-projection-purchases",
      "sales-effect-leads",
      "analytics-effect-grades",
    ],
  },
  {
    name: "sales",
    reads: [
      "customer-projection-customers",
      "identity-projection-users",
      "identity-projection-tenants",
      "customer-effect-lead_conversions",
    ],
  },
  {
    name: "analytics",
    reads: ["customer-projection-customers", "identity-projection-people", "sales-projection-sales"],
  },
];

export type Service = {
  name: string;
  /** Speaks HTTP to the world and has neither database nor events. */
  front?: true;
  /** Trusts the laptop's issuer, and is where the demo tenant is made. */
  people?: true;
  /** Its readers besides `rights`, as <area>-<kind>-<name>: a bus that knows its users lets it take these durables only. */
  reads?: readonly string[];
};
