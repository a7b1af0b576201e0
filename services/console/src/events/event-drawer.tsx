// One event: what it says, what it changed, and what led to it.
import { Link } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Button, Descriptions, Drawer, Flex, Typography } from "antd";
import { useLabel } from "../text/texts.ts";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { Clock } from "./event-table.tsx";
import { Payload } from "./payload.tsx";
import { readNow } from "./stream.ts";
import { chainOf, nameOf, type ToldEvent } from "./told.ts";
import { useWords } from "./words.ts";

interface Props {
  event: ToldEvent | undefined;
  choose(event: ToldEvent): void;
  close(): void;
}

export function EventDrawer({ event, choose, close }: Props) {
  return (
    <Drawer
      open={event !== undefined}
      onClose={close}
      size={640}
      title={event && nameOf(event)}
      destroyOnHidden
    >
      {event && <Detail event={event} choose={choose} />}
    </Drawer>
  );
}

function Detail({ event, choose }: { event: ToldEvent; choose(event: ToldEvent): void }) {
  const say = useWords();
  return (
    <Flex vertical gap={24}>
      <Facts event={event} />
      {event.meta.customerId && (
        <Link to="/customers/$customerId" params={{ customerId: event.meta.customerId }}>
          {say("open")}
        </Link>
      )}
      <section>
        <Heading text={say("payload")} />
        <Payload event={event} />
      </section>
      <section>
        <Heading text={say("causes")} />
        <Typography.Paragraph type="secondary">{say("causesHint")}</Typography.Paragraph>
        <Causes event={event} choose={choose} />
      </section>
    </Flex>
  );
}

const Heading = ({ text }: { text: string }) => (
  <Typography.Title level={2} style={{ fontSize: 16, margin: "0 0 8px" }}>
    {text}
  </Typography.Title>
);

function Facts({ event: { meta, sequence } }: { event: ToldEvent }) {
  const say = useWords();
  const label = useLabel();
  const items = [
    { key: "time", children: <Clock time={meta.time} /> },
    { key: "actor", children: meta.actor?.name || meta.actor?.id },
    { key: "aggregate", children: <Code text={`${meta.aggregateType} ${meta.aggregateId}`} /> },
    { key: "version", children: meta.version },
    { key: "origin", children: label("EventOrigin", meta.origin) },
    { key: "place", children: sequence },
    { key: "id", children: <Code text={meta.eventId} /> },
    { key: "correlation", children: <Code text={meta.correlationId} /> },
  ] as const;
  return (
    <Descriptions
      column={1}
      size="small"
      items={items.map(({ key, children }) => ({ key, label: say(key), children }))}
    />
  );
}

const Code = ({ text }: { text: string }) => (
  <Typography.Text copyable={{ text }} style={{ fontSize: 12, wordBreak: "break-all" }}>
    {text}
  </Typography.Text>
);

/** A request is over within this time, whatever it has set off by then. */
const BEFORE_MS = 3_600_000;

function Causes({ event, choose }: { event: ToldEvent; choose(event: ToldEvent): void }) {
  const say = useWords();
  const { correlationId, time } = event.meta;
  const since = new Date(new Date(time).getTime() - BEFORE_MS).toISOString();
  const { data, error, refetch } = useQuery({
    queryKey: ["causes", correlationId],
    queryFn: ({ signal }) => readNow({ correlationId, since }, signal),
  });
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <Loading rows={3} />;
  if (data.length === 0) return <Typography.Text type="secondary">{say("causesNone")}</Typography.Text>;
  return (
    <ol style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {chainOf(data).map(({ event: each, depth }) => (
        <li key={each.sequence} style={{ paddingInlineStart: Math.min(depth, 6) * 16 }}>
          <Flex gap={8} align="baseline" wrap>
            <Button type="link" size="small" style={{ padding: 0 }} onClick={() => choose(each)}>
              {nameOf(each)}
            </Button>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              <Clock time={each.meta.time} /> {each.meta.actor?.name}
            </Typography.Text>
            {each.sequence === event.sequence && <Typography.Text strong>{say("here")}</Typography.Text>}
          </Flex>
        </li>
      ))}
    </ol>
  );
}
