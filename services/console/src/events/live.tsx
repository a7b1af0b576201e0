// The live feed: what one listens to, and the newest events of it.
import { PauseOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { Alert, AutoComplete, Badge, Button, Flex, Select, Typography } from "antd";
import { useMemo, useState } from "react";
import { CustomerPicker } from "../ui/customer-picker.tsx";
import { useLabel } from "../text/texts.ts";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { AREAS } from "./areas.ts";
import { EventDrawer } from "./event-drawer.tsx";
import { EventTable } from "./event-table.tsx";
import { type Feed, useFeed } from "./feed.ts";
import { BACK, type EventsSearch } from "./search.ts";
import type { StreamQuery } from "./stream.ts";
import { nameOf, type ToldEvent } from "./told.ts";
import { useWords } from "./words.ts";

interface Props {
  search: EventsSearch;
  change(search: EventsSearch): void;
}

export function Live({ search, change }: Props) {
  const say = useWords();
  const { area, type, customer, back } = search;
  const query = useMemo(() => queryOf({ area, type, customer, back }), [area, type, customer, back]);
  const feed = useFeed(query);
  const [chosen, choose] = useState<ToldEvent>();
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center">
        <Filters search={search} change={change} feed={feed} />
        <PauseButton feed={feed} />
        <State feed={feed} />
      </Flex>
      {feed.error !== undefined && <Problem error={feed.error} />}
      {feed.gap && <Alert type="warning" showIcon title={say("gap")} />}
      <Rows
        feed={feed}
        choose={choose}
        {...(!back && { lastHour: () => change({ ...search, back: LAST_HOUR }) })}
      />
      <EventDrawer event={chosen} choose={choose} close={() => choose(undefined)} />
    </Flex>
  );
}

/** Asked for once; a stream that comes back goes on from where it was, not from here. */
function queryOf({ area, type, customer, back }: EventsSearch): StreamQuery {
  const topic = area && type ? `${area}.${type}` : area;
  return {
    ...(topic && { topics: topic }),
    ...(customer && { customerId: customer }),
    ...(back && { since: new Date(Date.now() - back * 60_000).toISOString() }),
  };
}

const LAST_HOUR = 60;

interface RowsProps {
  feed: Feed;
  choose(event: ToldEvent): void;
  /** Where one listens to what is new only. */
  lastHour?: () => void;
}

function Rows({ feed, choose, lastHour }: RowsProps) {
  const say = useWords();
  if (feed.events.length > 0)
    return (
      <>
        <EventTable events={feed.events} choose={choose} />
        <Typography.Text type="secondary">{say("showing", { count: feed.events.length })}</Typography.Text>
      </>
    );
  if (feed.error !== undefined) return null;
  if (!feed.caughtUp)
    return (
      <>
        {feed.read > 0 && (
          <Typography.Text type="secondary">{say("reading", { count: feed.read })}</Typography.Text>
        )}
        <Loading />
      </>
    );
  const earlier = lastHour && <Button onClick={lastHour}>{say("lastHour")}</Button>;
  return <Nothing title={say("nothing")} hint={say("nothingHint")} action={earlier} />;
}

function Filters({ search, change, feed }: Props & { feed: Feed }) {
  const say = useWords();
  const label = useLabel();
  const { area, type, customer, back, ...rest } = search;
  const now = {
    ...rest,
    ...(area && { area }),
    ...(type && { type }),
    ...(customer && { customer }),
    ...(back && { back }),
  };
  const { area: _area, type: _type, ...elsewhere } = now;
  const { type: _t, ...untyped } = now;
  const { customer: _customer, ...anybody } = now;
  const { back: _back, ...fresh } = now;
  const seen = [...new Set(feed.events.map(nameOf))].toSorted();
  return (
    <>
      <Select
        aria-label={say("area")}
        placeholder={say("area")}
        allowClear
        style={{ width: 150 }}
        value={area ?? null}
        onChange={(next: string | null) => change(next ? { ...elsewhere, area: next } : elsewhere)}
        options={AREAS.map((value) => ({ value, label: label("EventArea", value) }))}
      />
      {area && (
        <AutoComplete
          key={`${area} ${type ?? ""}`}
          aria-label={say("type")}
          placeholder={say("type")}
          allowClear
          style={{ width: 220 }}
          defaultValue={type ?? ""}
          options={seen.map((value) => ({ value }))}
          onSelect={(next: string) => change({ ...now, type: next })}
          onClear={() => change(untyped)}
          onBlur={({ target }) => {
            const next = (target as HTMLInputElement).value.trim();
            if (next !== (type ?? "")) change(next ? { ...now, type: next } : untyped);
          }}
        />
      )}
      <CustomerPicker
        label={say("customer")}
        style={{ width: 200 }}
        value={customer}
        onChange={(next) => change(next ? { ...now, customer: next } : anybody)}
      />
      <Select
        aria-label={say("back")}
        style={{ width: 150 }}
        value={back ?? 0}
        onChange={(next: number) => change(next ? { ...now, back: next } : fresh)}
        options={[0, ...BACK].map((value) => ({ value, label: say(`back.${value}` as "back.0") }))}
      />
    </>
  );
}

function PauseButton({ feed: { paused, waiting, pause } }: { feed: Feed }) {
  const say = useWords();
  if (!paused)
    return (
      <Button icon={<PauseOutlined />} onClick={() => pause(true)}>
        {say("pause")}
      </Button>
    );
  return (
    <Button type="primary" icon={<PlayCircleOutlined />} onClick={() => pause(false)}>
      {waiting > 0 ? say("waiting", { count: waiting }) : say("resume")}
    </Button>
  );
}

const STATES = {
  connecting: { status: "processing", text: "connecting" },
  live: { status: "success", text: "connected" },
  lost: { status: "error", text: "lost" },
} as const;

function State({ feed: { state } }: { feed: Feed }) {
  const say = useWords();
  return <Badge status={STATES[state].status} text={say(STATES[state].text)} role="status" />;
}
