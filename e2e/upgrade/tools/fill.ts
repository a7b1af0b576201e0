// Lets a company live in a release for a while, through its front door.
import { chance } from "@guanxi/cli/seed/chance";
import { type Door, each, type Json } from "../door.ts";
import {
  CLASSES,
  type Company,
  customerNumber,
  FIELDS,
  GRADES,
  LEVELS,
  personName,
  STAGES,
  TAGS,
} from "./customers.ts";

export async function fill(door: Door, customers: number): Promise<void> {
  const company = await furnish(door);
  for (const field of FIELDS) await door.post("/v1/fieldDefinitions", field);
  const numbers = Array.from({ length: customers }, (_, index) => index);
  const made = await each(numbers, (number) => door.post("/v1/customers", customerNumber(number, company)));
  const ids = made.map(({ customerId }) => customerId as string);
  for (const round of [1, 2, 3])
    await each(ids, (id, index) => live(door, { id, company, draw: chance(round * 10_000 + index) }));
  await door.post("/v1/customers:reclassify", {
    customerIds: ids.slice(0, 20),
    categoryId: company.categoryIds[0],
    reason: "新的分类",
  });
  const organisations = made
    .filter(({ kind }) => kind === "KIND_ORGANISATION")
    .map(({ customerId }) => customerId);
  await each(numbers.slice(0, customers / 3), (number) => contact(door, number, organisations as string[]));
}

/** Who works there, in which teams, and the tree that customers are filed in. */
async function furnish(door: Door): Promise<Company> {
  const north = await door.post("/v1/teams", { displayName: "华北" });
  const beijing = await door.post("/v1/teams", { displayName: "北京", parentTeamId: north.teamId });
  const users = await each([0, 1, 2, 3, 4], (number) =>
    door.post("/v1/users", {
      displayName: `${personName(chance(number))} ${number}`,
      email: `seller.${number}@example.com`,
      issuer: "urn:guanxi:laptop",
      subject: `seller-${crypto.randomUUID()}`,
      job: ["representative", "manager", "巡店员"][number % 3],
      grants: [{ resource: "customer", action: "read" }],
      teamIds: number % 2 ? [north.teamId, beijing.teamId] : [beijing.teamId],
      language: "zh-CN",
    }),
  );
  const [first, ...others] = users.map(({ userId }) => userId as string);
  await door.post(`/v1/users/${others.at(-1)!}:deactivate`, { reason: "离职" });
  await door.patch(`/v1/users/${first!}`, { displayName: "林小满" }, users[0]!.etag as string);
  await door.patch(`/v1/teams/${north.teamId as string}`, { displayName: "华北大区" }, north.etag as string);
  const retail = await door.post("/v1/categories", { displayName: "零售" });
  const shops = await door.post("/v1/categories", {
    displayName: "门店",
    parentCategoryId: retail.categoryId,
  });
  const rest = await door.post("/v1/categories", { displayName: "其他 Others" });
  return {
    categoryIds: [retail, shops, rest].map(({ categoryId }) => categoryId as string),
    userIds: [first!, ...others.slice(0, -1)],
  };
}

interface Life {
  readonly id: string;
  readonly company: Company;
  readonly draw: ReturnType<typeof chance>;
}

/** One round of what happens to a customer. */
async function live(door: Door, { id, company, draw }: Life): Promise<void> {
  const at = `/v1/customers/${id}`;
  const reason = draw.one(["客户要求", "review", "r".repeat(500)]);
  const acts: (() => Promise<unknown>)[] = [
    () => rename(door, at, draw),
    () => door.post(`${at}:addTags`, { tags: [draw.one(TAGS), "活动"] }),
    () => door.post(`${at}:removeTags`, { tags: [draw.one(TAGS)] }),
    () => door.post(`${at}:recordConsent`, { consent: consentOf(draw) }),
    () => door.post(`${at}:changeOwner`, { ownerId: draw.one([...company.userIds, ""]), reason }),
    () => door.post(`${at}:changeLifecycleStage`, { lifecycleStage: draw.one(STAGES), reason }),
    () => door.post(`${at}:changeCustomerClass`, { customerClass: draw.one(CLASSES), reason }),
    () => door.post(`${at}:changeGrade`, { grade: draw.one(GRADES), reason }),
    () => door.post(`${at}:changeRelationshipLevel`, { relationshipLevel: draw.one(LEVELS), reason }),
    () => door.post(`${at}:archive`, { reason }),
    () => door.post(`${at}:restore`, { reason }),
  ];
  for (const act of acts) if (draw.happens(0.15)) await act();
}

async function rename(door: Door, at: string, draw: Life["draw"]): Promise<void> {
  const { etag } = await door.get(at);
  const legalName = draw.one(["改名 Renamed", "", "再改 🙂"]);
  await door.patch(at, { legalName, industry: draw.one(["物流", ""]) }, etag as string);
}

const consentOf = (draw: Life["draw"]) => ({
  channel: draw.one(["CHANNEL_EMAIL", "CHANNEL_SMS", "CHANNEL_WECHAT"]),
  purpose: draw.one(["marketing", "survey"]),
  state: draw.one(["STATE_GRANTED", "STATE_WITHDRAWN"]),
  evidence: "签字的表格",
});

async function contact(door: Door, number: number, organisations: readonly string[]): Promise<void> {
  const draw = chance(50_000 + number);
  const [first, second] = [draw.one(organisations), draw.one(organisations)];
  const { contactId } = await door.post("/v1/contacts", {
    displayName: `${personName(draw)} ${number}`,
    contactPoints: [{ kind: "KIND_EMAIL", value: `c${number}@example.org` }],
    preferredChannels: ["CHANNEL_PHONE", "CHANNEL_EMAIL"],
    affiliations: [
      {
        customerId: first,
        role: "ROLE_DECISION_MAKER",
        title: "总经理",
        seniority: "SENIORITY_EXECUTIVE",
        influence: 5,
      },
      ...(second === first
        ? []
        : [{ customerId: second, role: "ROLE_USER", startDate: { year: 2020, month: 2, day: 29 } }]),
    ],
  });
  const at = `/v1/contacts/${contactId as string}`;
  const acts: [number, () => Promise<Json>][] = [
    [0.3, () => door.post(`${at}:recordConsent`, { consent: consentOf(draw) })],
    [0.2, () => door.post(`${at}:leave`, { customerId: first, reason: "退休" })],
    [0.2, () => door.post(`${at}:archive`, { reason: "重复" })],
    [0.1, () => door.post(`${at}:restore`, { reason: "还在" })],
  ];
  for (const [share, act] of acts) if (draw.happens(share)) await act();
}
