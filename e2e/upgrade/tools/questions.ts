// What a release is asked for. What it does not have yet is left out, so that the list serves every release.
import type { Door, Json } from "../door.ts";
import type { Question } from "../fixture.ts";

const FILTERS = [
  'kind == "PERSON" && lifecycle_stage == "PROSPECT"',
  'grade == "A" || grade == "B"',
  '"vip" in tags && completeness > 40',
  'region_code == "CN" && city == "上海"',
  "custom.seats > 10",
  "custom.turnover < 0",
  'custom.founded >= "2000-01-01"',
  'custom.size == "large" && custom.listed',
  'source_channel == "TRADE_SHOW" || source_campaign == "spring"',
  '"SUPPLIER" in party_roles',
  'display_name.startsWith("王")',
];
const WORDS = [
  "wang",
  "zs",
  "晨光",
  "8000",
  "who.21@example.com",
  "Robert",
  "E-33",
  "🙂",
  "مرحبا",
  "oersted",
  "Acme",
];
const COUNTED_BY = ["STAGE", "GRADE", "SOURCE", "DAY"].map((name) => `DIMENSION_${name}`);
const SPANS = [
  "",
  "&start_date.year=1970&start_date.month=1&start_date.day=1&end_date.year=2026&end_date.month=1&end_date.day=1",
];
const OF_PIPELINE = "PIPELINE STAGE AGENT MANAGER PRODUCT REGION CUSTOMER_REGION CUSTOMER";
const OF_SALES = "DAY MONTH CUSTOMER PRODUCT AGENT REGION KIND";

export async function questionsFor(who: string, door: Door): Promise<Question[]> {
  const customers = await door.all("/v1/customers?include_archived=true");
  const all = [
    ...people(),
    ...customersOf(customers),
    ...figures(),
    ...(await sales(door)),
    ...(await sold(door, customers)),
  ];
  return all.map((question) => ({ who, ...question }));
}

type Asked = Omit<Question, "who">;
const whole = (path: string): Asked => ({ path, pages: [] });

const people = (): Asked[] => [
  { path: "/v1/tenant" },
  ...["users", "teams", "categories", "fieldDefinitions", "contacts?include_archived=true"].map((list) =>
    whole(`/v1/${list}`),
  ),
];

function customersOf(customers: readonly Json[]): Asked[] {
  const order = (by: string) => ({
    path: `/v1/customers?include_archived=true&order_by=${by}`,
    pages: ["customerId"],
  });
  const some = customers.filter((_, index) => index % 5 === 0);
  return [
    whole("/v1/customers?include_archived=true"),
    ...["create_time%20desc", "update_time", "display_name", "completeness%20desc"].map(order),
    ...FILTERS.map((filter) => ({
      path: `/v1/customers?filter=${encodeURIComponent(filter)}`,
      pages: ["customerId", "displayName"],
    })),
    ...WORDS.map((word) => ({ path: `/v1/customers:search?query=${encodeURIComponent(word)}` })),
    ...some.map(({ customerId }) => whole(`/v1/customers/${customerId as string}/history`)),
    ...some.map(({ customerId, displayName, contactPoints }) => ({
      path: "/v1/customers:findDuplicates",
      body: { customer: { customerId, displayName, contactPoints } },
    })),
  ];
}

const figures = (): Asked[] =>
  SPANS.flatMap((span) =>
    subsets(COUNTED_BY).map((by) => ({ path: `/v1/customerCounts?${grouped(by)}${span}` })),
  );

const grouped = (by: readonly string[]) => by.map((one) => `group_by=${one}`).join("&");

const subsets = (all: readonly string[]): string[][] =>
  all.reduce<string[][]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);

async function sales(door: Door): Promise<Asked[]> {
  if (!(await has(door, "/v1/orders"))) return [];
  const opportunities = await door.all("/v1/opportunities");
  return [
    ...["products", "pipelines", "leads", "opportunities", "orders", "salesImports", "customerImports"].map(
      (list) => whole(`/v1/${list}`),
    ),
    ...["order_date", "order_number%20desc", "net_amount"].map((by) => ({
      path: `/v1/orders?order_by=${by}`,
      pages: ["orderId"],
    })),
    ...opportunities
      .slice(0, 20)
      .map(({ opportunityId }) => whole(`/v1/opportunities/${opportunityId as string}/history`)),
  ];
}

async function sold(door: Door, customers: readonly Json[]): Promise<Asked[]> {
  if (!(await has(door, "/v1/salesFigures"))) return [];
  const by = (list: string, names: string) =>
    ["", ...names.split(" ").map((name) => `group_by=DIMENSION_${name}`)].map((by) => ({
      path: `/v1/${list}?${by}`,
    }));
  return [
    ...by("pipelineFigures", OF_PIPELINE),
    ...by("salesFigures", OF_SALES),
    { path: "/v1/stageFigures" },
    {
      path: "/v1/kpis?start_date.year=2000&start_date.month=1&start_date.day=1&end_date.year=2026&end_date.month=11&end_date.day=1",
    },
    ...["opportunityFacts", "orderFacts", "valueRuns", "customerValues"].map((list) => whole(`/v1/${list}`)),
    { path: "/v1/valuePlan" },
    ...customers
      .slice(0, 20)
      .map(({ customerId }) => ({ path: `/v1/customers/${customerId as string}/purchases` })),
  ];
}

const has = (door: Door, path: string) =>
  door.get(path).then(
    () => true,
    () => false,
  );

/** Of each service's log, per tenant: how many events, up to which version, and which they are. Nothing waits to be published. */
export const countedOf = (services: readonly string[]): string[] =>
  services.flatMap((service) => [
    `select tenant_id, count(*)::int, max(version), sum(hashtextextended(event_id || subject || version || md5(payload), 0))::text as sum
      from ${service}.event_log group by tenant_id order by tenant_id`,
    `select count(*)::int from ${service}.outbox`,
    `select count(*)::int from ${service}.dead_letters`,
  ]);
