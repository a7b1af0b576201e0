// Where one answers: a mail, a call that was made, or a note among us. r begins.
import { EditOutlined, MailOutlined, PhoneOutlined } from "@ant-design/icons";
import type { Case, Interaction } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Segmented } from "antd";
import { type ReactNode, useState } from "react";
import { once } from "../../api/api.ts";
import { useMay, useMe } from "../../api/session.ts";
import { Loading } from "../../ui/loading.tsx";
import { Problem, useComplain } from "../../ui/problem.tsx";
import { useShortcuts } from "../../ui/shortcuts.ts";
import { useUi } from "../../ui/words.ts";
import { answeredQuery, awaitNews, changesQuery } from "../data.ts";
import { useWords } from "../words.ts";
import { ContactFields, MailFields, NoteFields } from "./composer-fields.tsx";
import { Differences } from "./differences.tsx";
import { deskOf, type Draft, draftOf, dropDraft, keepDraft, type Mode } from "./drafts.ts";
import { utter } from "./utter.ts";

/** Below the steps of a complaint one would begin to write out of sight. */
const show = (form: { nativeElement?: HTMLElement } | null) =>
  form?.nativeElement?.scrollIntoView({ block: "nearest" });

interface Props {
  it: Case;
  desk: string;
  mode: Mode;
  onEnd: () => void;
}

const ICONS: Record<Mode, ReactNode> = {
  mail: <MailOutlined />,
  contact: <PhoneOutlined />,
  note: <EditOutlined />,
};
const TABS = { mail: "mailTab", contact: "contactTab", note: "noteTab" } as const;

export function Composer({ it }: { it: Case }) {
  const say = useWords();
  const may = useMay();
  const desk = deskOf(useMe().user.userId, it.caseId);
  const [mode, setMode] = useState<Mode | undefined>(draftOf(desk).mode);
  const create = may("interaction", "create");
  const modes: Mode[] = [
    ...(may("interaction", "send") ? (["mail"] as const) : []),
    ...(create ? (["contact", "note"] as const) : []),
  ];
  const choose = (next: Mode | undefined) => {
    keepDraft(desk, { mode: next });
    setMode(next);
  };
  useShortcuts({ ...(modes[0] && !mode && { r: () => choose(modes[0]) }) });
  if (modes.length === 0) return null;
  if (!mode)
    return (
      <Flex gap={8} wrap>
        {modes.map((each) => (
          <Button key={each} icon={ICONS[each]} onClick={() => choose(each)}>
            {say(TABS[each])}
          </Button>
        ))}
      </Flex>
    );
  return (
    <Flex vertical gap={12} style={{ paddingBottom: 12 }}>
      <Segmented<Mode>
        value={mode}
        onChange={choose}
        options={modes.map((value) => ({ value, label: say(TABS[value]), icon: ICONS[value] }))}
      />
      <Begun it={it} desk={desk} mode={mode} onEnd={() => choose(undefined)} />
    </Flex>
  );
}

/** The form keeps the recipient that it begins with, so it begins once that is known. */
function Begun(props: Props) {
  const { data, error, refetch } = useQuery(answeredQuery(props.it.caseId));
  if (data !== undefined) return <Writing {...props} last={data ?? undefined} />;
  if (error) return <Problem error={error} again={() => void refetch()} />;
  return <Loading rows={4} />;
}

function firstOf(desk: string, it: Case, answered: Interaction | undefined): Draft {
  const to = answered ? "answer" : "customer";
  const draft = draftOf(desk);
  return {
    subject: answered?.subject || it.subject,
    channel: "CHANNEL_PHONE",
    direction: "out",
    ...draft,
    to: draft.to && draft.to !== "answer" ? draft.to : to,
  };
}

function Writing({ it, desk, mode, onEnd, last }: Props & { last: Interaction | undefined }) {
  const say = useWords();
  const ui = useUi();
  const complain = useComplain();
  const [form] = Form.useForm<Draft>();
  const [busy, setBusy] = useState(false);
  // What is sent is what the form shows, whatever comes while one writes.
  const [read] = useState(it);
  const [answered] = useState(last);
  const [initial] = useState(() => firstOf(desk, it, last));
  // The same for each try: a lost answer must not become a second mail.
  const [key] = useState(once);
  const finish = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await utter(mode, form.getFieldsValue(true) as Draft, read, answered, key);
      dropDraft(desk);
      onEnd();
      awaitNews(it).catch(complain);
    } catch (error) {
      complain(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Draft>
      name="utterance"
      ref={show}
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onValuesChange={(changed) => keepDraft(desk, changed)}
      onFinish={() => void finish()}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit();
      }}
    >
      <Meanwhile it={it} />
      {mode === "mail" && <MailFields it={read} answered={answered} />}
      {mode === "contact" && <ContactFields />}
      {mode === "note" && <NoteFields />}
      <Flex gap={8} justify="flex-end">
        <Button onClick={onEnd}>{ui("cancel")}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {say(mode === "mail" ? "send" : "keepRecord")}
        </Button>
      </Flex>
    </Form>
  );
}

/** Somebody else has changed the case since one began to write. */
function Meanwhile({ it }: { it: Case }) {
  const say = useWords();
  const { user } = useMe();
  const [since, setSince] = useState(it);
  const { data = [] } = useQuery(changesQuery(it));
  const others = data.filter(
    ({ version, actor }) => version > Number(since.etag) && actor?.id !== user.userId,
  );
  const last = others.at(-1);
  if (!last) return null;
  return (
    <Alert
      type="warning"
      showIcon
      closable={{ onClose: () => setSince(it) }}
      style={{ marginBottom: 12 }}
      title={say("meanwhile", { name: last.actor?.name || say("somebody") })}
      description={<Differences before={since} now={it} />}
    />
  );
}
