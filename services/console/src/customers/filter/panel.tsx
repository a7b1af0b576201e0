// The filter: conditions to put together, or their CEL to write. The text is what holds; the conditions are read from it.
import { CopyOutlined } from "@ant-design/icons";
import { Alert, App, Button, Card, Flex, Input, Segmented, theme, Tooltip, Typography } from "antd";
import { type KeyboardEvent, useState } from "react";
import type { NamedField } from "./fields.ts";
import { GroupEditor } from "./group-editor.tsx";
import { complete, conditionsOf, EVERYBODY, type Group } from "./model.ts";
import type { Naming } from "./naming.ts";
import { read } from "./read.ts";
import type { Choices } from "./value-editor.tsx";
import { useFilterWords } from "./words.ts";
import { write } from "./write.ts";

/** What the service did not understand, and where in the text. */
export interface Fault {
  line: number;
  column: number;
  text: string;
}

interface Props {
  /** As it stands in the address. */
  filter: string;
  fields: ReadonlyMap<string, NamedField>;
  naming: Naming;
  choices: Choices;
  fault: Fault | undefined;
  onApply: (filter: string) => void;
}

interface Draft {
  text: string;
  /** Undefined where the builder cannot hold the text. */
  group: Group | undefined;
}

const draftOf = (text: string, fields: Props["fields"]): Draft => ({ text, group: read(text, fields) });

export function FilterPanel(props: Props) {
  const { filter, fields, onApply } = props;
  const say = useFilterWords();
  const [draft, setDraft] = useDraft(filter, fields);
  const [isText, setText] = useState(draft.group === undefined);
  const showsText = isText || draft.group === undefined;
  const fault = draft.text === filter ? props.fault : undefined;
  const apply = () => onApply(draft.text.trim());
  const clear = () => {
    setDraft({ text: "", group: EVERYBODY });
    onApply("");
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (showsText ? event.ctrlKey || event.metaKey : isField(event.target)))
      apply();
  };
  return (
    <Card size="small" onKeyDown={onKey} role="region" aria-label={say("title")}>
      <Flex vertical gap={12}>
        <Flex justify="space-between" gap={8} wrap>
          <Segmented
            value={showsText ? "text" : "builder"}
            options={[
              { value: "builder", label: say("builder"), disabled: draft.group === undefined },
              { value: "text", label: say("expression") },
            ]}
            onChange={(view) => setText(view === "text")}
          />
          <Flex gap={8}>
            <Button onClick={clear}>{say("clear")}</Button>
            <Button type="primary" disabled={draft.text.trim() === filter} onClick={apply}>
              {say("apply")}
            </Button>
          </Flex>
        </Flex>
        {showsText || !draft.group ? (
          <TextView draft={draft} fault={fault} onText={(text) => setDraft(draftOf(text, fields))} />
        ) : (
          <BuilderView {...props} group={draft.group} text={draft.text} fault={fault} onDraft={setDraft} />
        )}
      </Flex>
    </Card>
  );
}

/** Enter in a select chooses; in a field it is meant for all of it. */
const isField = (target: EventTarget) =>
  target instanceof HTMLInputElement && target.getAttribute("role") !== "combobox";

/** Whoever goes back, or opens another link, sees that one's conditions; so does who learns of more fields. */
function useDraft(filter: string, fields: Props["fields"]) {
  const [draft, setDraft] = useState(() => draftOf(filter, fields));
  const [of, setOf] = useState({ filter, fields });
  if (of.filter !== filter || of.fields !== fields) {
    setOf({ filter, fields });
    if (filter !== draft.text || !draft.group) setDraft(draftOf(filter, fields));
  }
  return [draft, setDraft] as const;
}

interface BuilderProps extends Props {
  group: Group;
  text: string;
  onDraft: (draft: Draft) => void;
}

function BuilderView({ group, text, fields, naming, choices, fault, onDraft }: BuilderProps) {
  const say = useFilterWords();
  const isUnfinished = conditionsOf(group).some((each) => !complete(each, fields.get(each.field)));
  return (
    <>
      <GroupEditor
        group={group}
        depth={0}
        fields={fields}
        naming={naming}
        choices={choices}
        onChange={(next) => onDraft({ group: next, text: write(next, fields) })}
      />
      {isUnfinished && <Typography.Text type="secondary">{say("notYet")}</Typography.Text>}
      {text && <Written text={text} />}
      {fault && <FaultLine fault={fault} text={text} />}
    </>
  );
}

function TextView({
  draft,
  fault,
  onText,
}: {
  draft: Draft;
  fault: Fault | undefined;
  onText: (text: string) => void;
}) {
  const say = useFilterWords();
  return (
    <Flex vertical gap={8}>
      <Input.TextArea
        aria-label={say("expression")}
        aria-invalid={fault !== undefined}
        status={fault ? "error" : ""}
        value={draft.text}
        autoSize={{ minRows: 2, maxRows: 10 }}
        spellCheck={false}
        style={{ fontFamily: MONO }}
        onChange={({ target }) => onText(target.value)}
      />
      {fault && <FaultLine fault={fault} text={draft.text} />}
      <Typography.Text type="secondary">
        {say(draft.group ? "expressionHint" : "cannotBuild")}
      </Typography.Text>
    </Flex>
  );
}

const MONO = 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace';

function Written({ text }: { text: string }) {
  const say = useFilterWords();
  const { message } = App.useApp();
  const copy = async () => {
    try {
      // Over plain http the browser gives no clipboard, but on localhost.
      await navigator.clipboard.writeText(text);
      message.success(say("copied"));
    } catch {
      message.error(say("notCopied"));
    }
  };
  return (
    <Flex gap={4} align="flex-start">
      <Tooltip title={say("expressionHint")}>
        <Typography.Text
          type="secondary"
          style={{ fontFamily: MONO, fontSize: 12, overflowWrap: "anywhere" }}
        >
          {text}
        </Typography.Text>
      </Tooltip>
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined />}
        aria-label={say("copy")}
        onClick={() => void copy()}
      />
    </Flex>
  );
}

/** The text with the place in it: what is wrong is seen, not counted out. */
function FaultLine({ fault, text }: { fault: Fault; text: string }) {
  const { token } = theme.useToken();
  const line = Array.from(text.split("\n")[fault.line - 1] ?? "");
  const before = line.slice(0, fault.column - 1).join("");
  const rest = line.slice(fault.column - 1).join("");
  const [at = ""] = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.]+|.)/su.exec(rest) ?? [];
  return (
    <Alert
      type="error"
      title={fault.text}
      description={
        <code style={{ fontFamily: MONO, overflowWrap: "anywhere" }}>
          {before}
          <mark style={{ background: token.colorErrorBgHover, color: token.colorErrorText }}>
            {at || "␣"}
          </mark>
          {rest.slice(at.length)}
        </code>
      }
    />
  );
}
