/**
 * What the runner starts, in the order in which it is shown. A new service joins by its line: its folder is
 * services/<name>, its schema and roles are <name>'s, the ports are picked.
 */
export const services: Service[] = [
  { name: "gateway", front: true },
  { name: "identity", people: true },
  { name: "customer" },
  { name: "sales" },
  { name: "analytics" },
];

export type Service = {
  name: string;
  /** Speaks HTTP to the world and has neither database nor events. */
  front?: true;
  /** Trusts the laptop's issuer, and is where the demo tenant is made. */
  people?: true;
};
