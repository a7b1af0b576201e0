import { CloseOutlined } from "@ant-design/icons";
import type { MergePreview, MergePreviewField } from "@guanxi/client/gen/guanxi";
import { Button, Checkbox, Flex, Radio, Table, Typography } from "antd";
import { useState } from "react";
import { useCustomerNames } from "../../api/customers.ts";
import { useBook } from "../list/lookups.ts";
import { useMergeWords } from "../merge-words.ts";

interface Props {
  preview: MergePreview;
  names: ReadonlyMap<string, string>;
  picks: Readonly<Record<string, string>>;
  onSurvivor: (id: string) => void;
  onPick: (field: string, id: string) => void;
  /** Of several, one may turn out to be another one. */
  onLeave?: (id: string) => void;
}

export function Picker({ preview, names, picks, onSurvivor, onPick, onLeave }: Props) {
  const say = useMergeWords();
  const [isAll, setAll] = useState(false);
  const { title, shown } = useFieldNames(preview);
  const { fields, survivorId, merged } = preview;
  // The survivor would come first, and jump from under the hand that has just chosen it.
  const ids = preview.holdings.map(({ customerId }) => customerId).toSorted();
  const known = fields.filter(({ values }) => values.some(({ value }) => value !== ""));
  const differing = known.filter(differs);
  const said = (field: MergePreviewField, id: string) =>
    field.values.find(({ customerId }) => customerId === id)?.value ?? "";
  return (
    <Flex vertical gap={12}>
      <Table
        size="small"
        pagination={false}
        rowKey="field"
        scroll={{ x: 140 + ids.length * 180 }}
        dataSource={isAll ? known : differing}
        locale={{ emptyText: say("noDifference") }}
        columns={[
          { title: say("field"), width: 140, fixed: "start", render: (_, field) => title(field.field) },
          ...ids.map((id) => ({
            key: id,
            onHeaderCell: () => ({ style: { verticalAlign: "top" } }),
            title: (
              <Head
                id={id}
                name={names.get(id) ?? "…"}
                preview={preview}
                isSurvivor={id === survivorId}
                onSurvivor={onSurvivor}
                {...(onLeave && { onLeave })}
              />
            ),
            render: (_: unknown, field: MergePreviewField) => {
              const value = said(field, id);
              const text = value === "" ? say("empty") : shown(field.field, value);
              if (!differs(field)) return text;
              return (
                <Radio
                  checked={(picks[field.field] ?? field.pickedCustomerId) === id}
                  aria-label={say("take", { field: title(field.field), value: text })}
                  name={`merge-${field.field}`}
                  onChange={() => onPick(field.field, id)}
                >
                  <Typography.Text type={value === "" ? "secondary" : undefined}>{text}</Typography.Text>
                </Radio>
              );
            },
          })),
        ]}
      />
      <Flex justify="space-between" gap={8} wrap>
        <Checkbox checked={!isAll} onChange={({ target }) => setAll(!target.checked)}>
          {say("differing")}
        </Checkbox>
        {merged && (
          <Typography.Text type="secondary">
            {say("after", {
              points: merged.contactPoints.length,
              tags: merged.tags.length,
              ids: merged.externalIds.length,
              percent: merged.completeness,
            })}
          </Typography.Text>
        )}
      </Flex>
    </Flex>
  );
}

/** Also where one is silent: its silence can be picked. */
const differs = ({ values }: MergePreviewField): boolean =>
  new Set(values.map(({ value }) => value)).size > 1;

interface HeadProps {
  id: string;
  name: string;
  preview: MergePreview;
  isSurvivor: boolean;
  onSurvivor: (id: string) => void;
  onLeave?: (id: string) => void;
}

function Head({ id, name, preview, isSurvivor, onSurvivor, onLeave }: HeadProps) {
  const say = useMergeWords();
  const holding = preview.holdings.find(({ customerId }) => customerId === id);
  return (
    <Flex vertical gap={4}>
      <Flex justify="space-between" gap={4}>
        <a href={`/customers/${id}`} target="_blank" rel="noopener">
          {name}
        </a>
        {onLeave && (
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={say("remove", { name })}
            onClick={() => onLeave(id)}
          />
        )}
      </Flex>
      <Radio
        name="merge-survivor"
        checked={isSurvivor}
        aria-label={say("keepAs", { name })}
        onChange={() => onSurvivor(id)}
      >
        {say("survivor")}
      </Radio>
      {holding && (
        <Typography.Text type="secondary" style={{ fontSize: 12, fontWeight: 400 }}>
          {say("holding", {
            contacts: holding.contactCount,
            orders: holding.orderCount,
            opportunities: holding.openOpportunityCount,
            cases: holding.openCaseCount,
          })}
        </Typography.Text>
      )}
    </Flex>
  );
}

/** Fields and values as they are called elsewhere. */
function useFieldNames({ fields }: MergePreview) {
  const say = useMergeWords();
  const { fields: known, naming } = useBook();
  const referrers =
    fields.find(({ field }) => field === "referrer_customer_id")?.values.map(({ value }) => value) ?? [];
  const names = useCustomerNames(referrers);
  const title = (name: string): string => {
    const field = known.get(name);
    if (field) return naming.field(field);
    return name === "preferences" || name === "referrer_customer_id" || name === "birth_date"
      ? say(name)
      : name;
  };
  const shown = (name: string, value: string): string => {
    const field = known.get(name);
    return field ? naming.value(value, field) : (names.get(value) ?? value);
  };
  return { title, shown };
}
