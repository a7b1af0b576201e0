// A particular that is edited where it stands.
import { CheckOutlined, CloseOutlined, EditOutlined } from "@ant-design/icons";
import { Button, Flex } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useUi } from "../ui/words.ts";
import { useWords } from "./words.ts";
import "./field.css";

interface Props<V> {
  label: string;
  shown: ReactNode;
  value?: V;
  editor?: (draft: V, change: (draft: V) => void) => ReactNode;
  /** Undefined where it cannot be changed; false keeps it open. */
  save?: ((draft: V) => Promise<boolean>) | undefined;
}

export function Fields({ children }: { children: ReactNode }) {
  return <dl className="fields">{children}</dl>;
}

export function Field<V>({ label, shown, value, editor, save }: Props<V>) {
  const say = useWords();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !editing) pencil.current?.focus();
    was.current = editing;
  }, [editing]);
  return (
    <div className="field">
      <dt>{label}</dt>
      <dd>
        {editing && editor && save ? (
          <Editing value={value as V} editor={editor} save={save} onDone={() => setEditing(false)} />
        ) : (
          <>
            <div className="field-shown">{shown || <span className="field-empty">{say("empty")}</span>}</div>
            {save && (
              <Button
                ref={pencil}
                type="text"
                size="small"
                className="field-pencil"
                icon={<EditOutlined />}
                aria-label={say("editOf", { field: label })}
                onClick={() => setEditing(true)}
              />
            )}
          </>
        )}
      </dd>
    </div>
  );
}

interface EditingProps<V> {
  value: V;
  editor: (draft: V, change: (draft: V) => void) => ReactNode;
  save: (draft: V) => Promise<boolean>;
  onDone: () => void;
}

function Editing<V>({ value, editor, save, onDone }: EditingProps<V>) {
  const ui = useUi();
  // Saves over what was read when this was opened; the page behind goes on being renewed.
  const [saveThis] = useState(() => save);
  const [draft, setDraft] = useState(value);
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    if (await saveThis(draft)) onDone();
    else setBusy(false);
  };
  const keys = (event: KeyboardEvent) => {
    // The drawer around it would close.
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onDone();
  };
  return (
    <form
      className="field-form"
      onKeyDown={keys}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {editor(draft, setDraft)}
      <Flex gap={4}>
        <Button
          htmlType="submit"
          type="primary"
          size="small"
          icon={<CheckOutlined />}
          loading={busy}
          aria-label={ui("save")}
        />
        <Button size="small" icon={<CloseOutlined />} aria-label={ui("cancel")} onClick={onDone} />
      </Flex>
    </form>
  );
}
