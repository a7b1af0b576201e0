// What other systems call kind, origin, priority and status of a case. A word that is none of these is refused, and the mapping
// says what it is to mean.
import { rowFault } from "@guanxi/import/service/planned";
import type { CaseKind, CaseOrigin, CasePriority, CaseStatus } from "../cases/case-state.ts";

const KINDS: Words<CaseKind> = {
  QUESTION: ["question", "inquiry", "enquiry", "咨询", "问题"],
  REQUEST: ["request", "service request", "task", "需求", "服务请求"],
  INCIDENT: ["incident", "problem", "fault", "bug", "故障", "事件"],
  COMPLAINT: ["complaint", "投诉"],
  RETURN: ["return", "退货", "退换货"],
  WARRANTY: ["warranty", "保修", "质保"],
  REPAIR: ["repair", "维修", "报修"],
};

const ORIGINS: Words<CaseOrigin> = {
  PHONE: ["phone", "telephone", "call", "ivr", "电话", "热线"],
  EMAIL: ["email", "e-mail", "mail", "邮件", "电子邮件"],
  WEB: ["web", "website", "web form", "portal", "self service", "self-service", "网站", "官网", "在线"],
  CHAT: ["chat", "live chat", "messaging", "在线客服"],
  SOCIAL: ["social", "social media", "twitter", "facebook", "微博", "社交媒体"],
  WALK_IN: ["walk in", "walk-in", "in person", "上门", "门店"],
  WECHAT: ["wechat", "微信"],
  API: ["api", "integration"],
  SMS: ["sms", "text message", "短信"],
  VISIT: ["visit", "field visit", "拜访"],
};

const PRIORITIES: Words<CasePriority> = {
  LOW: ["low", "minor", "planning", "p4", "4", "5", "低"],
  NORMAL: ["normal", "medium", "moderate", "standard", "p3", "3", "中", "普通", "一般"],
  HIGH: ["high", "major", "p2", "2", "高"],
  URGENT: ["urgent", "critical", "blocker", "p1", "p0", "1", "紧急"],
};

const STATUSES: Words<CaseStatus> = {
  NEW: ["new", "open", "新建", "待处理", "未处理"],
  ASSIGNED: ["assigned", "已分配", "已派单"],
  IN_PROGRESS: ["in progress", "in-progress", "active", "working", "work in progress", "处理中", "进行中"],
  WAITING_CUSTOMER: [
    "waiting customer",
    "waiting for customer",
    "waiting on customer",
    "awaiting user info",
    "awaiting customer",
    "pending",
    "pending customer",
    "待客户回复",
    "等待客户",
  ],
  ON_HOLD: ["on hold", "on-hold", "hold", "suspended", "awaiting", "挂起", "暂停"],
  RESOLVED: ["resolved", "solved", "fixed", "已解决"],
  CLOSED: ["closed", "done", "completed", "关闭", "已关闭", "已完成"],
  CANCELLED: ["cancelled", "canceled", "withdrawn", "已取消", "取消"],
  MERGED: [], // into which case, a row cannot say
};

type Words<Name extends string> = Readonly<Record<Name, readonly string[]>>;

const fold = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/** By their own name and by all others, in lower case. */
const dictionary = <Name extends string>(words: Words<Name>): ReadonlyMap<string, Name> =>
  new Map(
    (Object.keys(words) as Name[]).flatMap((name) =>
      words[name].length > 0
        ? [name.toLowerCase(), name.toLowerCase().replaceAll("_", " "), ...words[name]].map(
            (word) => [word, name] as const,
          )
        : [],
    ),
  );

/** "3 - Moderate" is one of its parts; "Closed with explanation" begins with what it is. */
const readings = (text: string): string[] => {
  const plain = fold(text);
  const parts = plain.split(/\s*[-–:|(,]\s+|\s+[-–:|(,]\s*/);
  return [plain, parts[0]!, ...parts.slice(1), plain.split(" ")[0]!];
};

const reader = <Name extends string>(field: string, words: Words<Name>) => {
  const known = dictionary(words);
  const names = (Object.keys(words) as Name[]).filter((name) => words[name].length > 0);
  return (text: string): Name | null => {
    if (text === "") return null;
    const word = readings(text).find((each) => known.has(each));
    if (word !== undefined) return known.get(word)!;
    throw rowFault(
      field,
      "UNKNOWN_VALUE",
      `"${text}" is none of ${names.join(", ")}: map it to one of them.`,
    );
  };
};

export const kindIn = reader("kind", KINDS);
export const originIn = reader("origin", ORIGINS);
export const priorityIn = reader("priority", PRIORITIES);
export const statusIn = reader("status", STATUSES);
