import type { User } from "@guanxi/client/gen/guanxi";
import { batchGetCustomers } from "@guanxi/client/gen/guanxi";
import { Button, Drawer, Flex, Form, Input, Progress, Select, Typography } from "antd";
import { useRef, useState } from "react";
import { queries } from "../../api/api.ts";
import { useComplain } from "../../ui/problem.tsx";
import { renewRows, type Row, rowOf } from "../list/rows.ts";
import { type Asked, changedRows, type Kind, undoOf, workOf } from "./plans.ts";
import { Results } from "./results.tsx";
import { type Result, runEach, type Work } from "./run.ts";
import { useBulkWords } from "./words.ts";

interface Props {
  kind: Kind;
  rows: readonly Row[];
  users: readonly User[];
  tags: readonly string[];
  onChanged: (rows: readonly Row[]) => void;
  onClose: () => void;
}

interface Progressed {
  is: "form" | "running" | "undoing" | "over";
  done: number;
  all: number;
}

export function BulkDrawer({ kind, rows, users, tags, onChanged, onClose }: Props) {
  const say = useBulkWords();
  const complain = useComplain();
  const [at, setAt] = useState<Progressed>({ is: "form", done: 0, all: rows.length });
  const [results, setResults] = useState<Result[]>([]);
  const [asked, setAsked] = useState<Asked>({});
  const [canUndo, setCanUndo] = useState(false);
  const stop = useRef<AbortController>(undefined);
  // The rows are those that were chosen when it began, whatever is chosen meanwhile.
  const chosen = useRef(rows);
  const run = async (is: "running" | "undoing", todo: readonly Row[], work: Work) => {
    stop.current = new AbortController();
    let done = 0;
    setAt({ is, done, all: todo.length });
    const made = await runEach(todo, work, {
      signal: stop.current.signal,
      onResult: () => setAt({ is, done: ++done, all: todo.length }),
    });
    renewRows(made.flatMap(({ after }) => after ?? []));
    onChanged(changedRows(made));
    // Somebody may look at one of them next.
    for (const key of ["portrait", "aside", "customer"]) void queries.invalidateQueries({ queryKey: [key] });
    setAt({ is: "over", done, all: todo.length });
    return made;
  };
  const start = async (values: Asked) => {
    setAsked(values);
    setResults(await run("running", chosen.current, workOf(kind, values)));
    setCanUndo(true);
  };
  const undo = async () => {
    const done = results.filter(({ outcome }) => outcome === "done");
    setCanUndo(false);
    setResults(await run("undoing", changedRows(done), undoOf(kind, asked, done)));
  };
  const again = async () => {
    const open = results.filter(({ outcome }) => outcome === "refused" || outcome === "left");
    try {
      const fresh = await readAgain(open.map(({ row }) => row.customerId));
      const made = await run("running", fresh, workOf(kind, asked));
      const known = new Map(made.map((each) => [each.row.customerId, each]));
      setResults(results.map((each) => known.get(each.row.customerId) ?? each));
    } catch (error) {
      complain(error);
    }
  };
  const isBusy = at.is === "running" || at.is === "undoing";
  return (
    <Drawer
      open
      size={560}
      title={say(kind)}
      closable={!isBusy}
      mask={{ closable: !isBusy }}
      keyboard={!isBusy}
      onClose={onClose}
      footer={
        at.is === "over" && (
          <Flex justify="flex-end">
            <Button type="primary" onClick={onClose}>
              {say("close")}
            </Button>
          </Flex>
        )
      }
    >
      {at.is === "form" && (
        <AskForm
          kind={kind}
          count={rows.length}
          users={users}
          tags={tags}
          onStart={(values) => void start(values)}
        />
      )}
      {isBusy && (
        <Flex vertical gap={12}>
          <Typography.Text role="status">
            {say(at.is === "undoing" ? "undoing" : "running", { done: at.done, all: at.all })}
          </Typography.Text>
          <Progress
            percent={Math.floor((at.done / Math.max(1, at.all)) * 100)}
            aria-label={say("progress")}
          />
          <div>
            <Button onClick={() => stop.current?.abort()}>{say("stop")}</Button>
          </div>
        </Flex>
      )}
      {at.is === "over" && (
        <Results
          results={results}
          {...(canUndo && { onUndo: () => void undo() })}
          {...(canUndo && { onAgain: () => void again() })}
        />
      )}
    </Drawer>
  );
}

const BATCH = 200;

async function readAgain(ids: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const { customers } = await batchGetCustomers({ customerIds: ids.slice(from, from + BATCH) });
    rows.push(...customers.map(rowOf));
  }
  return rows;
}

interface AskProps {
  kind: Kind;
  count: number;
  users: readonly User[];
  tags: readonly string[];
  onStart: (asked: Asked) => void;
}

/** An owner that is nobody: a select has no value for it. */
const NOBODY = "";

function AskForm({ kind, count, users, tags, onStart }: AskProps) {
  const say = useBulkWords();
  return (
    <Form<Asked> name="bulk" layout="vertical" requiredMark="optional" onFinish={onStart}>
      <Typography.Paragraph type="secondary">{say("intro", { count })}</Typography.Paragraph>
      {kind === "changeOwner" ? (
        <>
          <Form.Item name="ownerId" label={say("owner")} rules={[{ required: true, validator: given }]}>
            <Select
              autoFocus
              showSearch={{ optionFilterProp: "label" }}
              options={[
                ...users
                  .filter(({ state }) => state === "STATE_ACTIVE")
                  .map(({ userId, displayName }) => ({ value: userId, label: displayName })),
                { value: NOBODY, label: say("pool") },
              ]}
            />
          </Form.Item>
          <Form.Item name="reason" label={say("reason")} extra={say("reasonHint")}>
            <Input maxLength={500} />
          </Form.Item>
        </>
      ) : (
        <Form.Item
          name="tags"
          label={say("tags")}
          extra={say("tagsHint")}
          rules={[{ required: true, type: "array", min: 1 }]}
        >
          <Select
            autoFocus
            mode="tags"
            maxCount={100}
            options={tags.map((value) => ({ value, label: value }))}
          />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit">
        {say("start")}
      </Button>
    </Form>
  );
}

const given = (_: unknown, value: unknown) =>
  value === undefined ? Promise.reject(new Error("…")) : Promise.resolve();
