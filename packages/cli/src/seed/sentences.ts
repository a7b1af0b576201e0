// What made-up customers ask, complain of and tell. Chinese stands before English, for whoever speaks it.

interface Said {
  readonly zh: string;
  readonly en: string;
}

export interface Trouble extends Said {
  readonly topic: string;
  readonly kind: string;
}

export const troubles: readonly Trouble[] = [
  { kind: "QUESTION", topic: "使用 Use", zh: "标签打印机怎么设置纸张尺寸", en: "How to set the label size" },
  {
    kind: "QUESTION",
    topic: "使用 Use",
    zh: "如何导出上个月的报表",
    en: "How to export last month's report",
  },
  { kind: "QUESTION", topic: "价格 Price", zh: "续费有没有优惠", en: "Is there a discount for renewing" },
  {
    kind: "REQUEST",
    topic: "培训 Training",
    zh: "希望再安排一次培训",
    en: "Please arrange another training",
  },
  { kind: "REQUEST", topic: "发票 Invoice", zh: "发票抬头需要更换", en: "The invoice needs another name" },
  { kind: "INCIDENT", topic: "故障 Fault", zh: "系统登录很慢", en: "Signing in takes very long" },
  { kind: "INCIDENT", topic: "故障 Fault", zh: "扫码枪连不上电脑", en: "The scanner does not connect" },
  { kind: "RETURN", topic: "退换 Return", zh: "型号买错了,想换一台", en: "Wrong model, to be exchanged" },
  {
    kind: "WARRANTY",
    topic: "保修 Warranty",
    zh: "平板终端屏幕有亮点",
    en: "The tablet's screen has a bright spot",
  },
  { kind: "REPAIR", topic: "维修 Repair", zh: "打印头磨损,需要更换", en: "The print head is worn" },
];

export interface Grief extends Said {
  readonly topic: string;
  readonly cause: string;
}

export const griefs: readonly Grief[] = [
  { cause: "PRODUCT_QUALITY", topic: "质量 Quality", zh: "标签纸贴上就掉", en: "The labels come off" },
  {
    cause: "PRODUCT_QUALITY",
    topic: "质量 Quality",
    zh: "打印机一周坏了两次",
    en: "The printer broke twice in a week",
  },
  { cause: "DELIVERY", topic: "物流 Delivery", zh: "货到晚了五天", en: "The delivery came five days late" },
  { cause: "DELIVERY", topic: "物流 Delivery", zh: "少发了两箱", en: "Two boxes were missing" },
  {
    cause: "RESPONSE_TIME",
    topic: "服务 Service",
    zh: "打了三次电话没人回",
    en: "Called three times, nobody called back",
  },
  { cause: "SERVICE_ATTITUDE", topic: "服务 Service", zh: "上门人员态度不好", en: "The engineer was rude" },
  {
    cause: "INFORMATION_ERROR",
    topic: "价格 Price",
    zh: "账单与报价不一致",
    en: "The bill is not what was offered",
  },
];

export const talks: readonly Said[] = [
  { zh: "电话回访,了解使用情况。", en: "Called to ask how it goes." },
  { zh: "沟通了下季度的采购计划。", en: "Talked about what they buy next quarter." },
  { zh: "确认了订单的到货时间。", en: "Confirmed when the order arrives." },
  { zh: "介绍了企业版的新功能。", en: "Showed what is new in Enterprise." },
  { zh: "讨论了续约条件。", en: "Discussed the terms of renewal." },
  { zh: "询问年度维护的范围。", en: "Asked what the annual care covers." },
];

/** What was learnt of the customer. */
export const learnt: readonly Said[] = [
  { zh: "得知:明年计划开两家分公司。", en: "Learnt: two new branches are planned for next year." },
  { zh: "得知:预算每年三月审批。", en: "Learnt: budgets are approved each March." },
  { zh: "得知:正在比较另一家供应商。", en: "Learnt: another supplier is being compared." },
  { zh: "得知:仓库将搬到新址。", en: "Learnt: the warehouse moves to a new site." },
  { zh: "得知:采购由总经理拍板。", en: "Learnt: the general manager decides on purchases." },
];

export const nothingNew: Said = { zh: "没有新情况。", en: "Nothing new." };

export const reasons: readonly Said[] = [
  { zh: "服务及时", en: "They answer quickly" },
  { zh: "价格有点高", en: "A little expensive" },
  { zh: "产品稳定", en: "It simply works" },
  { zh: "希望培训更多", en: "More training, please" },
];

export const interests: readonly Said[] = [
  { zh: "想了解专业版", en: "Interested in Professional" },
  { zh: "需要二十台扫码枪", en: "Needs twenty scanners" },
  { zh: "仓库标签方案", en: "Labels for a warehouse" },
  { zh: "询问实施周期", en: "Asks how long implementation takes" },
];

export const inWords = ({ zh, en }: Said, chinese: boolean): string => (chinese ? zh : en);
