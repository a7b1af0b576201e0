// Columns that say how somebody is reached.
import {
  type ContactPoint,
  ContactPoint_Kind as Kind,
} from "@guanxi/contract/guanxi/customer/v1/contact_point";
import type { Field } from "@guanxi/import/service/kind";
import { normalisePhone } from "../contact-points/contact-points.ts";
import { ENTRIES, LIST, partsOf, textsOf, type Values } from "./cells.ts";

interface PointField {
  readonly name: string;
  readonly kind: Kind;
  readonly label: string;
  readonly headers: readonly string[];
}

const point = (name: string, kind: Kind, headers: string): PointField => ({
  name,
  kind,
  label: name.split(".")[1] ?? "",
  headers: headers.split(", "),
});

const POINTS: readonly PointField[] = [
  point(
    "email",
    Kind.EMAIL,
    "E-mail, Email Address, E-mail Address, E-mail Value, Primary Email, Secondary Email, Mail, 邮箱, 邮箱地址, 电子邮箱, 电子邮件, 邮件",
  ),
  point("email.work", Kind.EMAIL, "Work Email, Email Work, Business Email, 工作邮箱, 公司邮箱, 企业邮箱"),
  point("email.home", Kind.EMAIL, "Home Email, Email Home, Personal Email, 个人邮箱, 私人邮箱"),
  point("email.other", Kind.EMAIL, "Other Email, Email Other, 其他邮箱"),
  point(
    "phone",
    Kind.PHONE,
    "Phone Number, Phone Value, Telephone, Telephone Number, Tel, Primary Phone, 电话, 电话号码, 联系电话, 固定电话, 座机",
  ),
  point(
    "phone.mobile",
    Kind.PHONE,
    "Mobile, Mobile Phone, Mobile Number, Mobile Phone Number, Cell, Cell Phone, Home Mobile, 手机, 手机号, 手机号码, 移动电话",
  ),
  point(
    "phone.work",
    Kind.PHONE,
    "Work Phone, Business Phone, Office Phone, Company Main Phone, 公司电话, 办公电话, 单位电话, 工作电话",
  ),
  point("phone.home", Kind.PHONE, "Home Phone, 住宅电话, 家庭电话, 宅电"),
  point(
    "phone.fax",
    Kind.PHONE,
    "Fax, Fax Number, Business Fax, Work Fax, Home Fax, Other Fax, 传真, 传真号码",
  ),
  point(
    "phone.other",
    Kind.PHONE,
    "Other Phone, Car Phone, Pager, Pager Number, Phone Video, Radio Phone, Callback, Assistant's Phone, 其他电话, 备用电话",
  ),
  point("wechat", Kind.WECHAT, "WeChat, WeChat ID, Weixin, 微信, 微信号"),
  point(
    "website",
    Kind.WEBSITE,
    "Web Site, Website URL, Website Value, Web Page, URL, Homepage, Website Home Page, Website Blog, Website Work, Website Profile, Website Other, 网站, 网址, 主页, 公司网站, 公司网址",
  ),
  point(
    "social",
    Kind.SOCIAL,
    "Facebook, Twitter, LinkedIn, Weibo, Skype, QQ, IM Value, IM Aim, IM Icq, IM Jabber, IM Msn, IM Skype, IM Yahoo, Screen Name, 微博, QQ号",
  ),
];

export const pointFields: Field[] = POINTS.map(({ name, headers }) => ({
  name,
  kind: "text",
  headers,
  repeated: true,
}));

/** The points of a record, and of each the field that it comes from; none where no file said it. */
export interface Points {
  readonly points: ContactPoint[];
  readonly fields: readonly (string | undefined)[];
}

export interface Reached {
  readonly mapped: ReadonlySet<string>;
  readonly before: readonly ContactPoint[];
  /** Whether what is no phone number or e-mail address is kept as text, and where numbers without + belong. */
  readonly lenient?: { readonly country: string | undefined };
}

/**
 * What a file says of its columns takes the place of what they said before; other points stay. Those that were there keep
 * their place, so that the same file again changes nothing.
 */
export function pointsOf(values: Values, { mapped, before, lenient }: Reached): Points {
  const fields = POINTS.filter(({ name }) => mapped.has(name));
  const said = new Map(
    fields.flatMap((field) =>
      entriesOf(values, field).map((value) => {
        const made = pointOf(value, field, lenient);
        return [keyOf(made), { made, field: field.name }] as const;
      }),
    ),
  );
  const kept = before.filter((each) => said.has(keyOf(each)) || !fields.some((field) => isOf(each, field)));
  const there = new Set(kept.map(keyOf));
  const come = [...said].filter(([key]) => !there.has(key)).map(([, { made }]) => made);
  const points = [...kept, ...come];
  return { points, fields: points.map((each) => said.get(keyOf(each))?.field) };
}

const entriesOf = (values: Values, { name, kind }: PointField) =>
  textsOf(values, name).flatMap((text) => partsOf(text, kind === Kind.EMAIL ? LIST : ENTRIES));

/** What HTML calls a valid e-mail address, as the contract does. */
const EMAIL =
  /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;

function pointOf(
  value: string,
  { kind, label, name }: PointField,
  lenient: Reached["lenient"],
): ContactPoint {
  const made = { kind, value, normalised: "", label, primary: false };
  if (!lenient) return made;
  const isNone =
    (kind === Kind.PHONE && !normalisePhone(value, lenient.country)) ||
    (kind === Kind.EMAIL && !EMAIL.test(value));
  return isNone ? { ...made, kind: Kind.OTHER, label: otherLabel(name) } : made;
}

const otherLabel = (name: string) => name.replace(".", " ");

const isOf = ({ kind, label }: ContactPoint, field: PointField) =>
  (kind === field.kind && label === field.label) || (kind === Kind.OTHER && label === otherLabel(field.name));

const keyOf = ({ kind, label, value }: ContactPoint) => JSON.stringify([kind, label, value]);
