// A company's customers, as varied as a release can hold them: every kind, every enum value, names and texts at the edges.
import { chance } from "@guanxi/cli/seed/chance";
import type { Json } from "../door.ts";

const FAMILY = ["王", "李", "张", "刘", "陈", "欧阳", "司马", "赵", "黄", "周", "吴", "徐"];
const GIVEN = ["伟", "芳", "娜", "敏", "静", "丽娟", "强", "磊", "洋", "艳", "勇", "杰", "明轩", "雨桐"];
const TRADES = [
  "晨光",
  "东方",
  "华信",
  "瑞丰",
  "Northwind",
  "Acme",
  "Ørsted",
  "金龙",
  "海纳",
  "Blue Harbour",
];
const FORMS = ["有限公司", "股份有限公司", "集团", "Ltd", "GmbH", "Co., Ltd.", "贸易行", "研究所"];
const CITIES = [
  { regionCode: "CN", locality: "上海", administrativeArea: "上海市" },
  { regionCode: "CN", locality: "深圳", administrativeArea: "广东省" },
  { regionCode: "US", locality: "Portland", administrativeArea: "OR" },
  { regionCode: "DE", locality: "Köln", administrativeArea: "" },
  { regionCode: "", locality: "Nowhere", administrativeArea: "" },
];
const CHANNELS =
  "UNSPECIFIED WEB_SITE WEB_FORM CALL COLD_CALL EMAIL CAMPAIGN ADVERTISEMENT TRADE_SHOW CONFERENCE REFERRAL PARTNER EXISTING_CUSTOMER EMPLOYEE PUBLIC_RELATIONS DIRECT_MAIL WALK_IN SOCIAL WECHAT OTHER";
export const STAGES = words("LIFECYCLE_STAGE", "PROSPECT ACQUISITION GROWTH MATURITY DECLINE DEPARTED");
export const CLASSES = words("CUSTOMER_CLASS", "CURRENT TARGET POTENTIAL");
export const GRADES = words("GRADE", "A B C D");
export const LEVELS = words("RELATIONSHIP_LEVEL", "INTERMEDIARY PREFERRED PARTNER STRATEGIC_ALLIANCE");
const ROLES = words("PARTY_ROLE", "BUYER SUPPLIER PARTNER REFERRER COMPETITOR OTHER");
export const TAGS = ["vip", "老客户", "展会 2026", "a'b", 'say "no"', "🙂", "%_\\", "大客户"];
const ODD = [
  "Robert'); drop table customers;--",
  "Zażółć gęślą jaźń",
  "مرحبا بالعالم",
  "👩‍👩‍👧‍👦 家庭",
  "e\u0301 and é",
  "back\\slash $1 $$ %s {0}",
  "𠮷野家",
  "名".repeat(200),
  'He said "what?"',
  "-- Name: no comment; Type: TABLE",
];

export const FIELDS: Json[] = [
  { key: "seats", type: "TYPE_NUMBER", filterable: true, labels: { "zh-CN": "席位", en: "seats" } },
  { key: "turnover", type: "TYPE_DECIMAL", filterable: true, labels: { en: "turnover" } },
  { key: "listed", type: "TYPE_BOOL", filterable: true, labels: { en: "listed" } },
  { key: "founded", type: "TYPE_DATE", filterable: true, labels: { en: "founded" } },
  { key: "audited", type: "TYPE_TIME", filterable: true, labels: { en: "audited" } },
  { key: "member_number", type: "TYPE_TEXT", unique: true, filterable: true, labels: { en: "member" } },
  { key: "note", type: "TYPE_TEXT", personal: true, labels: { "zh-CN": "备注" } },
  {
    key: "size",
    type: "TYPE_ENUM",
    filterable: true,
    labels: { en: "size" },
    options: ["small", "large"].map((value) => ({ value, labels: { en: value } })),
  },
];
const DECIMALS = ["0", "-0.000001", "12.50", "999999999999.999999", "-999999999999.999999"];
const DAYS = ["0001-01-01", "1969-12-31", "2024-02-29", "9999-12-31"];
const TIMES = ["1970-01-01T00:00:00Z", "2026-03-29T01:59:59.999Z", "2026-11-21T08:00:00+08:00"];

export interface Company {
  readonly categoryIds: readonly string[];
  readonly userIds: readonly string[];
}

/** The same for the same number. Every seventh repeats the one before it, as a duplicate would. */
export function customerNumber(number: number, company: Company): Json {
  const like = number % 7 === 6 ? number - 1 : number;
  const draw = chance(1000 + like);
  const person = draw.happens(0.5);
  const displayName =
    ODD[like / 9] ?? (person ? personName(draw) : `${draw.one(TRADES)}${draw.one(FORMS)} ${like}`);
  return {
    kind: person ? "KIND_PERSON" : "KIND_ORGANISATION",
    displayName,
    legalName: draw.happens(0.3) ? `${displayName.slice(0, 180)} 正式` : "",
    contactPoints: pointsOf(like, draw),
    addresses: draw.happens(0.6) ? [addressOf(draw)] : [],
    industry: draw.one(["", "软件", "Retail", "x".repeat(100)]),
    partyRoles: ROLES.filter(() => draw.happens(0.25)),
    externalIds: idsOf(number),
    source: sourceOf(draw),
    preferences: preferencesOf(draw),
    tags: TAGS.filter(() => draw.happens(0.2)),
    custom: customOf(number, draw),
    ...(person && draw.happens(0.5) && { birthDate: draw.one(BIRTHS) }),
    ...placeOf(company, draw),
  };
}

const idsOf = (number: number): Json[] => [
  { system: "erp", id: `E-${number}` },
  ...(number % 5 ? [] : [{ system: "shop", id: `店/${number}` }]),
];

const sourceOf = (draw: Chance) => ({
  channel: draw.one(words("CHANNEL", CHANNELS)),
  detail: draw.one(["", "上海展会\nsecond line", "d".repeat(500)]),
  campaign: draw.one(["", "spring"]),
});

/** Where the company files it, and who looks after it. */
const placeOf = ({ categoryIds, userIds }: Company, draw: Chance): Json => ({
  ...(draw.happens(0.5) && { categoryId: draw.one(categoryIds) }),
  ...(draw.happens(0.6) && { ownerId: draw.one(userIds) }),
  ...(draw.happens(0.5) && { lifecycleStage: draw.one(STAGES), customerClass: draw.one(CLASSES) }),
  ...(draw.happens(0.4) && { grade: draw.one(GRADES), relationshipLevel: draw.one(LEVELS) }),
});

type Chance = ReturnType<typeof chance>;

const BIRTHS = [
  { year: 0, month: 2, day: 29 },
  { year: 1900, month: 1, day: 1 },
  { year: 1988, month: 8, day: 8 },
  { year: 2004, month: 2, day: 29 },
];

export const personName = (draw: Chance) => draw.one(FAMILY) + draw.one(GIVEN);

function pointsOf(number: number, draw: Chance): Json[] {
  return [
    ...(draw.happens(0.7)
      ? [
          {
            kind: "KIND_PHONE",
            value: `+86 138 ${1000 + (number % 9000)} ${2000 + (number % 7000)}`,
            primary: true,
          },
        ]
      : []),
    ...(draw.happens(0.6)
      ? [
          {
            kind: "KIND_EMAIL",
            value: `Who.${number}@Example.com`,
            label: "办公",
            primary: draw.happens(0.5),
          },
        ]
      : []),
    ...(draw.happens(0.3) ? [{ kind: "KIND_WECHAT", value: `wx_${number}_微信` }] : []),
  ];
}

const addressOf = (draw: Chance) => ({
  ...draw.one(CITIES),
  addressLines: [draw.one(["南京西路 1 号", "1 Main St", "Domkloster 4"]), "second line"],
  postalCode: draw.one(["200000", "97201", ""]),
});

const preferencesOf = (draw: Chance) => ({
  preferredChannel: draw.one(words("CHANNEL", "UNSPECIFIED EMAIL PHONE SMS WECHAT SOCIAL POST VISIT OTHER")),
  language: draw.one(["zh-CN", "en", ""]),
  contactHours: draw.happens(0.3)
    ? [{ days: ["DAY_MONDAY", "DAY_SUNDAY"], from: "08:30", until: "24:00" }]
    : [],
  topics: draw.happens(0.3) ? ["新品", "sale"] : [],
});

function customOf(number: number, draw: Chance): Json {
  const all: Json = {
    seats: draw.one([0, -1, 9_007_199_254_740_991, 12]),
    turnover: draw.one(DECIMALS),
    listed: draw.happens(0.5),
    founded: draw.one(DAYS),
    audited: draw.one(TIMES),
    note: draw.one([" ", "只有我知道", "n".repeat(2000)]),
    size: draw.one(["small", "large"]),
  };
  const some = Object.entries(all).filter(() => draw.happens(0.4));
  return { ...Object.fromEntries(some), ...(number % 4 === 0 && { member_number: `M${number}` }) };
}

function words(prefix: string, names: string): string[] {
  return names.split(" ").map((name) => `${prefix}_${name}`);
}
