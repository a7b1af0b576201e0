// What people and other systems write for the values of our enums.
import type { Channel, Consent_State } from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type {
  Customer_Kind,
  CustomerClass,
  Grade,
  LifecycleStage,
  PartyRole,
  RelationshipLevel,
  Source_Channel,
} from "@guanxi/contract/guanxi/customer/v1/customer";
import type { NameOf } from "@guanxi/kit/enum-names";

/** Besides the name itself, with or without its underscores. */
type Words<E extends Readonly<Record<string, number>>> = Readonly<Record<NameOf<E>, readonly string[]>>;

export const KINDS: Words<typeof Customer_Kind> = {
  PERSON: ["individual", "个人", "自然人"],
  ORGANISATION: ["organization", "company", "business", "firm", "企业", "公司", "单位", "组织", "机构"],
};

export const GRADES: Words<typeof Grade> = { A: ["A级"], B: ["B级"], C: ["C级"], D: ["D级"] };

export const STAGES: Words<typeof LifecycleStage> = {
  PROSPECT: ["潜在期"],
  ACQUISITION: ["获取期"],
  GROWTH: ["提升期"],
  MATURITY: ["成熟期"],
  DECLINE: ["衰退期"],
  DEPARTED: ["离开期"],
};

export const CLASSES: Words<typeof CustomerClass> = {
  CURRENT: ["现行客户"],
  TARGET: ["目标客户"],
  POTENTIAL: ["潜在客户"],
};

export const LEVELS: Words<typeof RelationshipLevel> = {
  INTERMEDIARY: ["中介"],
  PREFERRED: ["优先选择"],
  PARTNER: ["合作伙伴"],
  STRATEGIC_ALLIANCE: ["战略联盟"],
};

/** Who has not agreed is not written to, whether they were ever asked or not. */
export const CONSENTS: Words<typeof Consent_State> = {
  GRANTED: ["yes", "true", "1", "y", "opted in", "opt in", "subscribed", "是", "同意", "已同意", "已订阅"],
  WITHDRAWN: [
    "no",
    "false",
    "0",
    "n",
    "opted out",
    "opt out",
    "unsubscribed",
    "否",
    "不同意",
    "拒绝",
    "已退订",
  ],
};

export const ROLES: Words<typeof PartyRole> = {
  BUYER: ["customer", "client", "客户", "买方", "采购商"],
  SUPPLIER: ["vendor", "供应商"],
  PARTNER: ["合作伙伴", "伙伴"],
  REFERRER: ["推荐人", "介绍人"],
  COMPETITOR: ["竞争对手"],
  OTHER: ["其他"],
};

export const CHANNELS: Words<typeof Channel> = {
  EMAIL: ["e-mail", "mail", "邮件", "邮箱"],
  PHONE: ["call", "telephone", "电话"],
  SMS: ["text message", "短信"],
  WECHAT: ["微信"],
  SOCIAL: ["社交"],
  POST: ["letter", "信件", "邮寄"],
  VISIT: ["meeting", "拜访", "面谈"],
  OTHER: ["其他"],
};

export const SOURCES: Words<typeof Source_Channel> = {
  WEB_SITE: ["website", "web", "网站", "官网"],
  WEB_FORM: ["form", "网页表单", "表单", "在线表单"],
  CALL: ["phone", "inbound call", "电话", "来电"],
  COLD_CALL: ["陌生电话", "电话营销"],
  EMAIL: ["e-mail", "邮件"],
  CAMPAIGN: ["市场活动", "营销活动"],
  ADVERTISEMENT: ["ad", "ads", "advertising", "广告"],
  TRADE_SHOW: ["tradeshow", "fair", "exhibition", "展会"],
  CONFERENCE: ["seminar", "会议", "研讨会"],
  REFERRAL: ["word of mouth", "external referral", "转介绍", "客户介绍", "推荐"],
  PARTNER: ["合作伙伴"],
  EXISTING_CUSTOMER: ["老客户"],
  EMPLOYEE: ["employee referral", "员工推荐"],
  PUBLIC_RELATIONS: ["pr", "公关"],
  DIRECT_MAIL: ["直邮"],
  WALK_IN: ["上门"],
  SOCIAL: ["social media", "社交媒体"],
  WECHAT: ["微信"],
  OTHER: ["其他"],
};

const plain = (word: string) =>
  word
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_-]+/gu, " ")
    .trim();

type Any = Readonly<Record<string, readonly string[]>>;

/** Comparing a word with each of them anew would cost more than the rest of a row. */
const indexes = new WeakMap<Any, ReadonlyMap<string, string>>();

function indexOf(words: Any): ReadonlyMap<string, string> {
  const made = indexes.get(words);
  if (made) return made;
  const all = Object.entries(words).flatMap(([name, more]) =>
    [name, ...more].map((word) => [plain(word), name] as const),
  );
  const index = new Map(all.toReversed());
  indexes.set(words, index);
  return index;
}

/** The name of the value that a word means; undefined for one that means none. */
export const meant = <N extends string>(
  words: Readonly<Record<N, readonly string[]>>,
  word: string,
): N | undefined => (word === "" ? undefined : (indexOf(words).get(plain(word)) as N | undefined));

/** All that a column may say, for the fields that refuse anything else. */
export const allOf = (words: Any): string[] =>
  Object.entries(words).flatMap(([name, more]) => [
    ...new Set([name, ...(name.includes("_") ? [name.replaceAll("_", " ")] : []), ...more]),
  ]);
