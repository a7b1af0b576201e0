// Finds a customer by whatever one remembers: the service searches names, pinyin, numbers, phones and addresses.
import { searchCustomers } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Flex, Select, Typography } from "antd";
import { type CSSProperties, useState } from "react";
import { useCustomerNames } from "../api/customers.ts";
import { useLabel } from "../text/texts.ts";
import "../customers/vocabulary.ts";
import { useLater } from "./later.ts";
import { useUi } from "./words.ts";

interface Named {
  customerId: string;
  displayName: string;
}

interface Props {
  value?: string | undefined;
  onChange?: (customerId: string | undefined) => void;
  label: string;
  /** Of a form that gives its own label. */
  id?: string;
  style?: CSSProperties;
  autoFocus?: boolean;
  /** Those who cannot be meant. */
  without?: readonly string[];
  /** Those whom one may well mean, before anything is typed. */
  offered?: readonly Named[];
}

interface Option {
  value: string;
  label: string;
  note: string;
}

interface Hits {
  hits: Option[];
  isFetching: boolean;
  /** Nobody is called so. */
  isNobody: boolean;
}

/** Enter takes the first one: of what is typed now, not of what was typed before. */
function useHits(typed: string): Hits {
  const label = useLabel();
  const query = useLater(typed);
  const { data, isFetching, isSuccess } = useQuery({
    queryKey: ["customers", "search", query],
    enabled: query !== "",
    queryFn: ({ signal }) => searchCustomers({ query, pageSize: 20 }, { signal }),
  });
  const hits = (data?.customers ?? []).map(({ customerId, displayName, city, kind }) => ({
    value: customerId,
    label: displayName,
    note: [city, label("CustomerKind", kind)].filter(Boolean).join(" · "),
  }));
  const isOfNow = query === typed && query !== "";
  return { hits: isOfNow ? hits : [], isFetching, isNobody: isOfNow && isSuccess };
}

const optionOf = ({ customerId, displayName }: Named): Option => ({
  value: customerId,
  label: displayName,
  note: "",
});

export function CustomerPicker(props: Props) {
  const { value, onChange, label, without = [], offered = [], ...rest } = props;
  const ui = useUi();
  const [typed, setTyped] = useState("");
  const now = typed.trim();
  const { hits, isFetching, isNobody } = useHits(now);
  const known = useCustomerNames([value]);
  const nameOf = (customerId = "") => known.get(customerId) ?? "…";
  const chosen = value && !offered.some((each) => each.customerId === value) ? [value] : [];
  const atFirst = [
    ...chosen.map((customerId) => ({ customerId, displayName: nameOf(customerId) })),
    ...offered,
  ].map(optionOf);
  return (
    <Select
      {...rest}
      aria-label={label}
      placeholder={label}
      allowClear
      value={value ?? null}
      onChange={(customerId: string | null) => onChange?.(customerId ?? undefined)}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={isFetching}
      notFoundContent={ui(isNobody ? "noCustomer" : "findCustomer")}
      options={(now === "" ? atFirst : hits).filter((each) => !without.includes(each.value))}
      labelRender={({ label: text }) => text ?? nameOf(value)}
      optionRender={({ label: text, data: { note } }) => (
        <Flex justify="space-between" gap={8}>
          <span>{text}</span>
          {note && <Typography.Text type="secondary">{note}</Typography.Text>}
        </Flex>
      )}
    />
  );
}
