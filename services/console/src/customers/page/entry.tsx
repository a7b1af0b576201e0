// One thing that happened, in one line; what more is known of it when it is opened.
import {
  CustomerServiceOutlined,
  LineChartOutlined,
  MessageOutlined,
  NotificationOutlined,
  RightOutlined,
  ShoppingOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { TimelineEntry } from "@guanxi/client/gen/guanxi";
import { Flex, theme, Typography } from "antd";
import dayjs from "dayjs";
import { type CSSProperties, lazy, type ReactNode, Suspense, useId, useState } from "react";
import { useFormat } from "../../text/format.ts";
import { Loading } from "../../ui/loading.tsx";
import { useActor } from "./actor.ts";
import { useChannel } from "./channel.ts";
import { isKind, useKindWords } from "./kind-words.ts";
import { Small } from "./part.tsx";
import { useTimelineWords } from "./words.ts";

const Detail = lazy(() => import("./entry-detail.tsx").then(({ EntryDetail }) => ({ default: EntryDetail })));

const MARKS: Readonly<Record<string, ReactNode>> = {
  customer: <UserOutlined />,
  interaction: <MessageOutlined />,
  sales: <ShoppingOutlined />,
  service_desk: <CustomerServiceOutlined />,
  marketing: <NotificationOutlined />,
  analytics: <LineChartOutlined />,
};

export function Entry({ entry, before }: { entry: TimelineEntry; before: TimelineEntry | undefined }) {
  const [open, setOpen] = useState(false);
  const { token } = theme.useToken();
  const format = useFormat();
  const id = useId();
  const begins = !before || spanOf(before.time) !== spanOf(entry.time);
  const colours = { "--hover": token.colorFillTertiary, "--focus": token.colorPrimary } as CSSProperties;
  return (
    <>
      {begins && <Span time={entry.time} first={!before} />}
      <button
        type="button"
        className="customer-entry"
        aria-expanded={open}
        aria-controls={id}
        style={colours}
        onClick={() => setOpen(!open)}
      >
        <span
          aria-hidden
          className="customer-entry-mark"
          style={{ background: token.colorFillSecondary, color: token.colorTextSecondary }}
        >
          {MARKS[entry.area] ?? <RightOutlined />}
        </span>
        <span className="customer-grow">
          <Headline entry={entry} />
          <Sub entry={entry} />
        </span>
        {entry.amount && (
          <Typography.Text style={{ whiteSpace: "nowrap" }}>{format.money(entry.amount)}</Typography.Text>
        )}
        <RightOutlined
          aria-hidden
          rotate={open ? 90 : 0}
          style={{ fontSize: 10, marginTop: 6, color: token.colorTextTertiary }}
        />
      </button>
      <div id={id} hidden={!open} style={{ padding: "4px 4px 12px 44px" }}>
        {open && (
          <Suspense fallback={<Loading rows={2} />}>
            <Detail entry={entry} />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** Today and yesterday stand alone; what is longer ago, by its month. */
function spanOf(time: string | undefined): string {
  const ago = dayjs().startOf("day").diff(dayjs(time).startOf("day"), "day");
  if (ago === 0) return "today";
  return ago === 1 ? "yesterday" : dayjs(time).format("YYYY-MM");
}

function Span({ time, first }: { time: string | undefined; first: boolean }) {
  const say = useTimelineWords();
  const span = spanOf(time);
  const name =
    span === "today" || span === "yesterday" ? say(span) : say("month", { month: new Date(time ?? 0) });
  return (
    <div style={{ padding: first ? "0 4px 4px" : "12px 4px 4px" }}>
      <Small>{name}</Small>
    </div>
  );
}

function Headline({ entry }: { entry: TimelineEntry }) {
  const kind = useKindWords();
  const what = isKind(entry.kind) ? kind(entry.kind) : entry.kind;
  const about = [entry.number, entry.title].filter(Boolean).join(" ");
  return (
    <Flex gap="0 8px" wrap>
      <Typography.Text strong>{what}</Typography.Text>
      {about && <Typography.Text>{about}</Typography.Text>}
    </Flex>
  );
}

function Sub({ entry }: { entry: TimelineEntry }) {
  const say = useTimelineWords();
  const format = useFormat();
  const channel = useChannel();
  const way = { INBOUND: say("inbound"), OUTBOUND: say("outbound"), INTERNAL: say("internal") }[
    entry.direction
  ];
  // What a file tells has a day, and noon for want of an hour.
  const hour = entry.origin === "IMPORT" ? "" : dayjs(entry.time).format("HH:mm");
  const day = spanOf(entry.time).includes("-") || entry.origin === "IMPORT" ? format.date(entry.time) : "";
  const late = dayjs(entry.toldTime).diff(entry.time, "minute") > 60 && entry.origin !== "IMPORT";
  const parts = [
    [day, hour].filter(Boolean).join(" "),
    [channel(entry.channel), way].filter(Boolean).join(" "),
    useActor(entry),
    late && say("told", { time: format.time(entry.toldTime) }),
  ];
  return <Small>{parts.filter(Boolean).join(" · ")}</Small>;
}
