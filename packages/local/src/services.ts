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
      "customer-projection-portrait_customer",
      "sales-projection-portrait_sales",
      "service_desk-projection-portrait_service_desk",
      "interaction-projection-portrait_interaction",
      "analytics-projection-portrait_analytics",
      "marketing-projection-portrait_marketing",
      "marketing-effect-unsubscribes",
    ],
  },
  {
    name: "sales",
    reads: [
      "customer-projection-customers",
      "identity-projection-users",
      "identity-projection-tenants",
      "customer-effect-lead_conversions",
      "customer-effect-customer_links",
    ],
  },
  {
    name: "service-desk",
    files: true,
    reads: [
      "customer-projection-customers",
      "identity-projection-tenants",
      "sales-projection-sales",
      "identity-projection-users",
      "interaction-projection-feedbacks",
      "interaction-effect-interactions",
      "interaction-effect-needs",
      "customer-effect-customer_links",
    ],
  },
  {
    name: "interaction",
    files: true,
    reads: [
      "customer-projection-customers",
      "sales-projection-orders",
      "analytics-projection-values",
      "analytics-effect-value_alerts",
      "service_desk-effect-case_alerts",
      "identity-projection-users",
      "service_desk-effect-cases",
      "service_desk-effect-notices",
      "marketing-effect-campaign_messages",
      "marketing-effect-marketing_tasks",
      "customer-effect-customer_tasks",
      "service_desk-effect-survey_cases",
      "customer-effect-customer_links",
    ],
  },
  {
    name: "marketing",
    reads: [
      "customer-projection-customers",
      "customer-effect-playbooks",
      "customer-effect-customer_links",
      "identity-projection-users",
      "interaction-effect-deliveries",
      "sales-projection-sales",
      "sales-effect-conversions",
    ],
  },
  {
    name: "analytics",
    reads: [
      "customer-projection-customers",
      "marketing-projection-marketing",
      "identity-projection-people",
      "sales-projection-sales",
      "service_desk-projection-service_desk",
      "interaction-projection-interaction",
    ],
  },
];

export type Service = {
  name: string;
  /** Speaks HTTP to the world and has neither database nor events. */
  front?: true;
  /** Trusts the laptop's issuer, and is where the demo tenant is made. */
  people?: true;
  /** Keeps attachments. */
  files?: true;
  /** Its readers besides `rights`, as <area>-<kind>-<name>: a bus that knows its users lets it take these durables only. */
  reads?: readonly string[];
};
