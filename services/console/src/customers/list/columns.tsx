// What a row can show. Sorting is offered where the service has the order.
import type { Category, FieldDefinition } from "@guanxi/client/gen/guanxi";
import type { ReactNode } from "react";
import type { Format } from "../../text/format.ts";
import type { Row } from "./rows.ts";
import type { ListSay } from "./words.ts";

export interface Column {
  key: string;
  title: string;
  width: number;
  /** As order_by takes it. */
  order?: string;
  right?: boolean;
  cell: (row: Row) => ReactNode;
}

export interface Lookups {
  say: ListSay;
  format: Format;
  label: (name: string, value: string | undefined) => string;
  /** Of a user. */
  nameOf: (userId: string) => string;
  categories: ReadonlyMap<string, Category>;
  definitions: readonly FieldDefinition[];
  language: string;
  personal: boolean;
}

export function columnsOf(lookups: Lookups): Column[] {
  const { say, format, label, nameOf, categories } = lookups;
  const column = (
    key: FixedKey,
    width: number,
    cell: Column["cell"],
    more: Partial<Column> = {},
  ): Column => ({
    key,
    title: say(`column.${key}`),
    width,
    cell,
    ...more,
  });
  const byName = lookups.personal ? { order: "display_name" } : {};
  return [
    column("name", 208, (row) => <Name row={row} say={say} />, byName),
    column("kind", 88, ({ kind }) => label("CustomerKind", kind)),
    column("grade", 76, ({ grade, gradeSource }) => (
      <span title={label("GradeSource", gradeSource)}>{label("Grade", grade)}</span>
    )),
    column("stage", 96, ({ lifecycleStage }) => label("LifecycleStage", lifecycleStage)),
    column("class", 112, ({ customerClass }) => label("CustomerClass", customerClass)),
    column("level", 128, ({ relationshipLevel }) => label("RelationshipLevel", relationshipLevel)),
    column("loyalty", 112, ({ loyalty }) => label("Loyalty", loyalty)),
    column("owner", 104, ({ ownerId }) =>
      ownerId ? nameOf(ownerId) : <span className="quiet">{say("pool")}</span>,
    ),
    column("ownerSince", 128, ({ ownerSinceTime }) => <When time={ownerSinceTime} format={format} />),
    column("tags", 116, ({ tags }) => <Tags tags={tags} />),
    column("city", 96, ({ city }) => city),
    column("industry", 120, ({ industry }) => industry),
    column("source", 120, ({ source }) => label("SourceChannel", source)),
    column("category", 144, ({ categoryId }) => categories.get(categoryId)?.displayName ?? ""),
    column("phone", 160, ({ phone }) => phone),
    column("email", 200, ({ email }) => email),
    column("completeness", 124, ({ completeness }) => <Completeness percent={completeness} />, {
      order: "completeness",
      right: true,
    }),
    column("created", 132, ({ createTime }) => <When time={createTime} format={format} />, {
      order: "create_time",
    }),
    column("updated", 132, ({ updateTime }) => <When time={updateTime} format={format} />, {
      order: "update_time",
    }),
    ...lookups.definitions.map((definition) => customColumn(definition, lookups)),
  ];
}

type FixedKey =
  | "name"
  | "kind"
  | "grade"
  | "stage"
  | "class"
  | "level"
  | "loyalty"
  | "owner"
  | "ownerSince"
  | "tags"
  | "city"
  | "industry"
  | "source"
  | "category"
  | "phone"
  | "email"
  | "completeness"
  | "created"
  | "updated";

export function titleOf({ key, labels }: FieldDefinition, language: string): string {
  return labels[language === "zh" ? "zh-CN" : "en"] ?? labels[language] ?? Object.values(labels)[0] ?? key;
}

function customColumn(definition: FieldDefinition, lookups: Lookups): Column {
  const { key, type } = definition;
  return {
    key: `custom.${key}`,
    title: titleOf(definition, lookups.language),
    width: 136,
    right: type === "TYPE_NUMBER" || type === "TYPE_DECIMAL",
    cell: ({ custom }) => {
      const value: unknown = custom?.[key];
      if (value === undefined || value === null || value === "***") return value as string | undefined;
      return (SHOWN[type] ?? String)(value, lookups, definition);
    },
  };
}

type Show = (value: unknown, lookups: Lookups, definition: FieldDefinition) => string;

const day: Show = (value, { format }) => format.date(String(value));
const figure: Show = (value, { format }) => format.number(String(value), 6);

const SHOWN: Partial<Record<FieldDefinition["type"], Show>> = {
  TYPE_BOOL: (value) => (value === true ? "✓" : "✗"),
  TYPE_DATE: day,
  TYPE_TIME: day,
  TYPE_NUMBER: figure,
  TYPE_DECIMAL: figure,
  TYPE_ENUM: (value, { language }, definition) => {
    const option = definition.options.find((each) => each.value === value);
    return option
      ? titleOf({ ...definition, key: option.value, labels: option.labels }, language)
      : String(value);
  },
};

// Light elements from here on: a screen of rows has hundreds of them, and they come and go while one scrolls.

function Name({ row, say }: { row: Row; say: ListSay }) {
  return (
    <>
      <span className="customer-name" title={row.displayName}>
        {row.displayName}
      </span>
      {row.state === "STATE_ARCHIVED" && <span className="customer-tag">{say("archivedShort")}</span>}
    </>
  );
}

const TAGS_SHOWN = 3;

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="customer-tags" title={tags.join(" · ")}>
      {tags.slice(0, TAGS_SHOWN).map((tag) => (
        <span key={tag} className="customer-tag">
          {tag}
        </span>
      ))}
      {tags.length > TAGS_SHOWN && `+${tags.length - TAGS_SHOWN}`}
    </span>
  );
}

function Completeness({ percent }: { percent: number }) {
  return (
    <span className="customer-completeness">
      <span className="customer-bar" aria-hidden>
        <span style={{ width: `${percent}%` }} />
      </span>
      {percent}%
    </span>
  );
}

function When({ time, format }: { time: string | undefined; format: Format }) {
  return time ? (
    <time dateTime={time} title={format.time(time)}>
      {format.fromNow(time)}
    </time>
  ) : null;
}
