import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Segmented, Select, theme, Typography } from "antd";
import type { NamedField } from "./fields.ts";
import {
  type Condition,
  type Group,
  isGroup,
  type Node,
  type Op,
  opsOf,
  takesMany,
  takesNone,
} from "./model.ts";
import type { Naming } from "./naming.ts";
import { type Choices, ValueEditor } from "./value-editor.tsx";
import { useFilterWords } from "./words.ts";

interface Shared {
  fields: ReadonlyMap<string, NamedField>;
  naming: Naming;
  choices: Choices;
}

interface GroupProps extends Shared {
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

/** Deeper than that nobody reads. */
const DEEPEST = 3;

export function GroupEditor({ group, depth, onChange, onRemove, ...shared }: GroupProps) {
  const say = useFilterWords();
  const { token } = theme.useToken();
  const put = (index: number, ...nodes: Node[]) =>
    onChange({ ...group, of: group.of.toSpliced(index, 1, ...nodes) });
  const add = (node: Node) => onChange({ ...group, of: [...group.of, node] });
  const first = shared.fields.get("city") ?? [...shared.fields.values()][0]!;
  const blank: Condition = { field: first.name, op: opsOf(first)[0]!, values: [] };
  const inner = depth > 0 && {
    borderInlineStart: `2px solid ${token.colorBorder}`,
    paddingInlineStart: 12,
    paddingBlock: 4,
  };
  return (
    <Flex vertical gap={8} style={{ minWidth: 0, flex: 1, ...inner }} role="group" aria-label={say(group.is)}>
      {(group.of.length > 1 || depth > 0) && (
        <Flex gap={8} align="center">
          <Segmented<Group["is"]>
            size="small"
            aria-label={say("join")}
            value={group.is}
            options={[
              { value: "all", label: say("all") },
              { value: "any", label: say("any") },
            ]}
            onChange={(is) => onChange({ ...group, is })}
          />
          {onRemove && (
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={say("removeGroup")}
              onClick={onRemove}
            />
          )}
        </Flex>
      )}
      {depth === 0 && group.of.length === 0 && (
        <Typography.Text type="secondary">{say("empty")}</Typography.Text>
      )}
      {group.of.map((node, index) =>
        isGroup(node) ? (
          <GroupEditor
            // A node has no name but its place.
            key={index}
            {...shared}
            group={node}
            depth={depth + 1}
            onChange={(each) => put(index, each)}
            onRemove={() => put(index)}
          />
        ) : (
          <ConditionEditor
            key={index}
            {...shared}
            condition={node}
            onChange={(each) => put(index, each)}
            onRemove={() => put(index)}
          />
        ),
      )}
      <Flex gap={8}>
        <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => add(blank)}>
          {say("addCondition")}
        </Button>
        {depth < DEEPEST && group.of.length > 0 && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            onClick={() => add({ is: group.is === "all" ? "any" : "all", of: [blank, blank] })}
          >
            {say("addGroup")}
          </Button>
        )}
      </Flex>
    </Flex>
  );
}

interface ConditionProps extends Shared {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

function ConditionEditor({ condition, fields, naming, choices, onChange, onRemove }: ConditionProps) {
  const say = useFilterWords();
  const field = fields.get(condition.field);
  return (
    <Flex gap={8} wrap align="flex-start">
      <Select
        aria-label={say("field")}
        style={{ width: 180 }}
        popupMatchSelectWidth={240}
        showSearch={{ optionFilterProp: "label" }}
        value={condition.field}
        options={[...fields.values()].map((each) => ({ value: each.name, label: naming.field(each) }))}
        onChange={(name: string) => {
          const chosen = fields.get(name)!;
          onChange({ field: name, op: opsOf(chosen)[0]!, values: [] });
        }}
      />
      {field && (
        <>
          <Select<Op>
            aria-label={say("operator")}
            style={{ width: 132 }}
            popupMatchSelectWidth={160}
            value={condition.op}
            options={opsOf(field).map((op) => ({ value: op, label: naming.op(op, field) }))}
            onChange={(op) => onChange({ ...condition, op, values: kept(condition, op) })}
          />
          <ValueEditor
            condition={condition}
            field={field}
            choices={choices}
            onChange={(values) => onChange({ ...condition, values })}
          />
        </>
      )}
      <Button type="text" icon={<DeleteOutlined />} aria-label={say("removeCondition")} onClick={onRemove} />
    </Flex>
  );
}

/** What was said stays where the new comparison can be of the same. */
function kept({ op, values }: Condition, to: Op): readonly string[] {
  const isRelative = (each: Op) => each === "last_days" || each === "not_last_days";
  if (takesNone(to) || isRelative(op) !== isRelative(to)) return [];
  return takesMany(to) ? values : values.slice(0, 1);
}
