import { FilterOutlined, LinkOutlined, ReloadOutlined, SearchOutlined } from "@ant-design/icons";
import { useRouter } from "@tanstack/react-router";
import { App, Badge, Button, Checkbox, Flex, Input, type InputRef, Select, theme } from "antd";
import { type Ref, useEffect, useRef, useState } from "react";
import { useShortcuts } from "../../ui/shortcuts.ts";
import type { CustomersSearch } from "../search.ts";
import type { Column } from "./columns.tsx";
import { ColumnsPanel } from "./columns-panel.tsx";
import { type Layout, writeLayout } from "./layout.ts";
import { DEFAULT_ORDER } from "./rows.ts";
import { useListWords } from "./words.ts";

interface Props {
  search: CustomersSearch;
  onSearch: (change: Partial<CustomersSearch>) => void;
  columns: readonly Column[];
  layout: Layout;
  onLayout: (layout: Layout | undefined) => void;
  personal: boolean;
  narrow: boolean;
  conditions: number;
  isOpen: boolean;
  onOpen: () => void;
  onReload: () => void;
  isReloading: boolean;
}

export function Toolbar(props: Props) {
  const { search, onSearch, personal, narrow, conditions, isOpen, onOpen } = props;
  const say = useListWords();
  const { token } = theme.useToken();
  const field = useRef<InputRef>(null);
  const panel = useRef<HTMLButtonElement>(null);
  useShortcuts({
    "/": () => (field.current ? field.current.focus({ cursor: "all" }) : panel.current?.focus()),
  });
  return (
    <Flex gap={8} wrap align="center">
      {personal && <NameField ref={field} value={search.q ?? ""} onName={(q) => onSearch({ q })} />}
      <Badge count={conditions} size="small" color={token.colorPrimary}>
        <Button ref={panel} icon={<FilterOutlined />} aria-expanded={isOpen} onClick={onOpen}>
          {say("filter")}
        </Button>
      </Badge>
      {narrow && <OrderField {...props} />}
      <Checkbox
        style={{ marginInlineStart: 8 }}
        checked={search.archived ?? false}
        onChange={({ target }) => onSearch({ archived: target.checked })}
      >
        {say("archived")}
      </Checkbox>
      <Flex gap={8} style={{ marginInlineStart: "auto" }}>
        <CopyLink search={search} layout={props.layout} />
        <Button
          icon={<ReloadOutlined />}
          aria-label={say("reload")}
          title={say("reload")}
          loading={props.isReloading}
          onClick={props.onReload}
        />
        {!narrow && (
          <ColumnsPanel
            columns={props.columns}
            layout={props.layout}
            onLayout={props.onLayout}
            onReset={() => props.onLayout(undefined)}
          />
        )}
      </Flex>
    </Flex>
  );
}

const PAUSE_MS = 300;

function NameField({
  value,
  onName,
  ref,
}: {
  value: string;
  onName: (q: string) => void;
  ref: Ref<InputRef>;
}) {
  const say = useListWords();
  const [text, setText] = useState(value);
  const [of, setOf] = useState(value);
  if (of !== value) {
    setOf(value);
    if (value !== text.trim()) setText(value);
  }
  const told = useRef(onName);
  told.current = onName;
  useEffect(() => {
    if (text.trim() === value) return undefined;
    const timer = setTimeout(() => told.current(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value]);
  return (
    <Input
      ref={ref}
      allowClear
      prefix={<SearchOutlined />}
      style={{ width: 240, maxWidth: "100%" }}
      placeholder={say("findName")}
      aria-label={say("findName")}
      maxLength={100}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
    />
  );
}

function OrderField({ search, onSearch, columns }: Props) {
  const say = useListWords();
  const options = columns.flatMap(({ order, title }) =>
    order
      ? [
          { value: order, label: `${title} ↑` },
          { value: `${order} desc`, label: `${title} ↓` },
        ]
      : [],
  );
  return (
    <Select
      aria-label={say("sort")}
      style={{ width: 150 }}
      value={search.order ?? DEFAULT_ORDER}
      options={options}
      onChange={(order: string) => onSearch({ order })}
    />
  );
}

/** With the columns, also where they are only this person's choice. */
function CopyLink({ search, layout }: Pick<Props, "search" | "layout">) {
  const say = useListWords();
  const { message } = App.useApp();
  const router = useRouter();
  const copy = async () => {
    const { create: _, ...shown } = search;
    const { href } = router.buildLocation({
      to: "/customers",
      search: { ...shown, columns: writeLayout(layout) },
    });
    const link = new URL(href, location.href).href;
    try {
      // Over plain http the browser gives no clipboard, but on localhost.
      await navigator.clipboard.writeText(link);
      message.success(say("copied"));
    } catch {
      message.error(say("notCopied", { link }));
    }
  };
  return (
    <Button
      icon={<LinkOutlined />}
      aria-label={say("copyLink")}
      title={say("copyLink")}
      onClick={() => void copy()}
    />
  );
}
