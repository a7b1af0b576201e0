// A condition, with how many customers fulfil it now.
import {
  createSegment,
  getSegment,
  previewSegment,
  type Segment,
  updateSegment,
} from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Drawer, Flex, Form, Input, Typography } from "antd";
import { useState } from "react";
import { ifMatch, once, problemOf, queries, renewIfChanged, useOnce } from "../api/api.ts";
import { Problem } from "../ui/problem.tsx";
import { segmentsQuery } from "./data.ts";
import { Differences, Refused } from "./refused.tsx";
import { useCampaigns } from "./words.ts";

const NEW = { name: "", description: "", condition: "" };

export function SegmentForm({ segment, onEnd }: { segment?: Segment; onEnd: () => void }) {
  const say = useCampaigns();
  const [{ name, description, condition }, setValues] = useState(segment ?? NEW);
  const set = (change: Partial<typeof NEW>) => setValues((before) => ({ ...before, ...change }));
  const onceFor = useOnce();
  const keep = useMutation({
    mutationFn: (over: Segment | undefined) => {
      const values = { name, description, condition };
      if (!segment || !over) return createSegment(values, onceFor(values));
      const changes = Object.fromEntries(changed(segment, values).map((key) => [key, values[key]]));
      return changeSegment(over, changes);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["segments"] });
      onEnd();
    },
    onError: (error) => renewIfChanged(error),
  });
  const { data: all = [] } = useQuery(segmentsQuery);
  const now = all.find(({ segmentId }) => segmentId === segment?.segmentId);
  return (
    <Drawer
      open
      mask={{ closable: false }}
      size={560}
      onClose={onEnd}
      title={segment?.name ?? say("createSegment")}
      extra={
        <Button
          type="primary"
          disabled={!name || !condition}
          loading={keep.isPending}
          onClick={() => keep.mutate(segment)}
        >
          {say("save")}
        </Button>
      }
    >
      <Form layout="vertical">
        <Form.Item label={say("name")} htmlFor="segment-name" required>
          <Input
            id="segment-name"
            maxLength={100}
            value={name}
            onChange={({ target }) => set({ name: target.value })}
          />
        </Form.Item>
        <Form.Item label={say("description")} htmlFor="segment-description">
          <Input
            id="segment-description"
            value={description}
            onChange={({ target }) => set({ description: target.value })}
          />
        </Form.Item>
        <Form.Item label={say("definition")} htmlFor="segment-condition" required help={EXAMPLE}>
          <Input.TextArea
            id="segment-condition"
            rows={4}
            style={{ fontFamily: "monospace" }}
            value={condition}
            onChange={({ target }) => set({ condition: target.value })}
          />
        </Form.Item>
        <Flex vertical gap={12} style={{ marginTop: 16 }}>
          <Try condition={condition} />
          {keep.error && (
            <Refused
              error={keep.error}
              base={segment}
              now={now}
              differences={(base, now) => (
                <Theirs base={base} now={now} mine={{ name, description, condition }} />
              )}
              over={(now) => keep.mutate(now)}
              leave={onEnd}
            />
          )}
        </Flex>
      </Form>
    </Drawer>
  );
}

const LABELS = { name: "name", description: "description", condition: "definition" } as const;
type Key = keyof typeof LABELS;
const KEYS = Object.keys(LABELS) as Key[]; // Object.keys does not know that there are no others
type Written = Pick<Segment, Key>;

const changed = (before: Written, after: Written): Key[] => KEYS.filter((key) => before[key] !== after[key]);

/** That its members have been computed meanwhile is nothing that anybody has to decide about. */
async function changeSegment(read: Segment, changes: Partial<Written>): Promise<Segment> {
  try {
    return await updateSegment(read.segmentId, changes, { ...ifMatch(read.etag), ...once() });
  } catch (error) {
    if (problemOf(error).status !== 412) throw error;
    const now = await getSegment(read.segmentId);
    if (changed(read, now).length > 0) throw error;
    return changeSegment(now, changes);
  }
}

/** What somebody else has made of it since, beside one's own. */
function Theirs({ base, now, mine }: { base: Written; now: Written; mine: Written }) {
  const say = useCampaigns();
  const own = new Set(changed(base, mine));
  return (
    <Differences
      all={changed(base, now).map((key) => ({
        field: say(LABELS[key]),
        theirs: now[key],
        ...(own.has(key) && { mine: mine[key] }),
      }))}
    />
  );
}

// Code, the same in every language.
const EXAMPLE = 'grade == "A" && orders_90d == 0';

function Try({ condition }: { condition: string }) {
  const say = useCampaigns();
  const preview = useMutation({ mutationFn: (condition: string) => previewSegment({ condition }) });
  // Of another condition it says nothing.
  const { data, error } = preview.variables === condition ? preview : {};
  return (
    <>
      <Button disabled={!condition} loading={preview.isPending} onClick={() => preview.mutate(condition)}>
        {say("preview")}
      </Button>
      {data && <Preview {...data} />}
      {error && <Problem error={error} />}
    </>
  );
}

function Preview({ customerCount, more, sample, notes }: Awaited<ReturnType<typeof previewSegment>>) {
  const say = useCampaigns();
  return (
    <>
      <Typography.Text strong>
        {more ? say("sizeMore", { count: customerCount }) : say("previewed", { count: customerCount })}
      </Typography.Text>
      {sample.length > 0 && (
        <Typography.Text type="secondary">
          {say("example")}: {sample.map(({ displayName }) => displayName).join(", ")}
        </Typography.Text>
      )}
      {notes.map((note) => (
        <Alert key={note} type="info" title={note} />
      ))}
    </>
  );
}
