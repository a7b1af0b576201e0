// One box for everything: customers by name, pinyin, initials or the end of a number; places and commands by their names.
import { SearchOutlined } from "@ant-design/icons";
import { searchCustomers } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Flex, Input, type InputRef, Modal, theme, Typography } from "antd";
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { useMay } from "../api/session.ts";
import "../customers/vocabulary.ts";
import { useLabel } from "../text/texts.ts";
import { Problem } from "../ui/problem.tsx";
import { useCommands } from "./commands.tsx";
import { remembered, remember } from "./recent.ts";
import { useShell } from "./words.ts";

interface Choice {
  key: string;
  group: string;
  icon: ReactNode;
  title: string;
  note?: string;
  choose: () => void;
}

export function Palette({ onEnd }: { onEnd: () => void }) {
  const say = useShell();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const input = useRef<InputRef>(null);
  const { choices, error, waiting } = useChoices(text.trim(), onEnd);
  const here = choices[Math.min(at, choices.length - 1)];
  const move = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setAt((Math.min(at, choices.length - 1) + step + choices.length) % Math.max(choices.length, 1));
    }
    // While somebody still composes characters, Enter ends that and nothing else.
    if (event.key === "Enter" && !event.nativeEvent.isComposing) here?.choose();
  };
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onEnd}
      width={600}
      style={{ top: 72 }}
      styles={{ body: { padding: 0 } }}
      aria-label={say("search")}
      afterOpenChange={() => input.current?.focus()}
    >
      <Input
        ref={input}
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={say("searchHint")}
        value={text}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={here && `${list}-${here.key}`}
        aria-label={say("search")}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={move}
      />
      {error !== null && <Problem error={error} />}
      <Choices id={list} choices={choices} here={here} waiting={waiting} onHover={setAt} />
    </Modal>
  );
}

interface Found {
  choices: Choice[];
  error: Error | null;
  waiting: boolean;
}

function useChoices(text: string, onEnd: () => void): Found {
  const say = useShell();
  const label = useLabel();
  const may = useMay();
  const navigate = useNavigate();
  const commands = useCommands();
  const query = useDeferredValue(text);
  const { data, error, isLoading } = useQuery({
    queryKey: ["customers", "search", query],
    enabled: query !== "" && may("customer", "read_personal"),
    queryFn: ({ signal }) => searchCustomers({ query, pageSize: 8 }, { signal }),
  });
  const open = (customerId: string, displayName: string) => {
    remember({ customerId, displayName });
    onEnd();
    void navigate({ to: "/customers/$customerId", params: { customerId } });
  };
  // Enter opens what the text of now has found, and never what one before it did.
  const late = query !== text;
  const found = text
    ? ((late ? undefined : data?.customers) ?? []).map(
        ({ customerId, displayName, grade, lifecycleStage }) => ({
          customerId,
          displayName,
          note: [label("Grade", grade), label("LifecycleStage", lifecycleStage)].filter(Boolean).join(" · "),
        }),
      )
    : remembered().map((each) => ({ ...each, note: "" }));
  const customers = found.map(({ customerId, displayName, note }) => ({
    key: customerId,
    group: text ? say("customers") : say("recent"),
    icon: <SearchOutlined />,
    title: displayName,
    note,
    choose: () => open(customerId, displayName),
  }));
  const asked = text.toLowerCase();
  const fitting = commands
    .filter(({ names }) => names.some((name) => name.toLowerCase().includes(asked)))
    .map(({ key, icon, title, run }) => ({
      key,
      group: say("commands"),
      icon,
      title,
      choose: () => {
        onEnd();
        run();
      },
    }));
  return { choices: [...customers, ...fitting], error, waiting: late || isLoading };
}

interface ChoicesProps {
  id: string;
  choices: Choice[];
  here: Choice | undefined;
  waiting: boolean;
  onHover: (index: number) => void;
}

function Choices({ id, choices, here, waiting, onHover }: ChoicesProps) {
  const say = useShell();
  const { token } = theme.useToken();
  const marked = useRef<HTMLDivElement>(null);
  useEffect(() => {
    marked.current?.scrollIntoView({ block: "nearest" });
  }, [here?.key]);
  if (choices.length === 0)
    return (
      <Typography.Paragraph type="secondary" style={{ padding: 16, margin: 0 }}>
        {!waiting && say("nothingFound")}
      </Typography.Paragraph>
    );
  return (
    <div
      id={id}
      role="listbox"
      aria-label={say("search")}
      style={{ maxHeight: 420, overflow: "auto", padding: 8 }}
    >
      {choices.map((choice, index) => (
        <div key={choice.key}>
          {choice.group !== choices[index - 1]?.group && (
            <Typography.Text
              type="secondary"
              style={{ fontSize: 12, display: "block", padding: "8px 12px 4px" }}
            >
              {choice.group}
            </Typography.Text>
          )}
          <Flex
            id={`${id}-${choice.key}`}
            ref={choice === here ? marked : undefined}
            role="option"
            aria-selected={choice === here}
            align="center"
            gap={12}
            onMouseMove={() => onHover(index)}
            onClick={choice.choose}
            style={{
              padding: "8px 12px",
              borderRadius: token.borderRadius,
              cursor: "pointer",
              background: choice === here ? token.controlItemBgActive : undefined,
            }}
          >
            {choice.icon}
            <Typography.Text ellipsis style={{ flex: 1 }}>
              {choice.title}
            </Typography.Text>
            {choice.note && <Typography.Text type="secondary">{choice.note}</Typography.Text>}
          </Flex>
        </div>
      ))}
    </div>
  );
}
