// Events in rows: when, what, who, whose, and what is different now.
import { Button, Table, type TableColumnsType, Typography } from "antd";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { CustomerName } from "./customer-name.tsx";
import { areaOf, nameOf, type ToldEvent } from "./told.ts";
import { useWords } from "./words.ts";

interface Props {
  events: readonly ToldEvent[];
  choose(event: ToldEvent): void;
}

export function EventTable({ events, choose }: Props) {
  const say = useWords();
  const label = useLabel();
  const columns: TableColumnsType<ToldEvent> = [
    { title: say("time"), width: 170, render: (_, { meta }) => <Clock time={meta.time} /> },
    {
      title: say("what"),
      width: 230,
      render: (_, event) => (
        <Button type="link" size="small" style={{ padding: 0 }} onClick={() => choose(event)}>
          {nameOf(event)}
        </Button>
      ),
    },
    { title: say("area"), width: 110, render: (_, event) => label("EventArea", areaOf(event)) },
    {
      title: say("actor"),
      width: 110,
      ellipsis: true,
      render: (_, { meta }) => meta.actor?.name || meta.actor?.id,
    },
    {
      title: say("customer"),
      width: 200,
      ellipsis: true,
      render: (_, { meta }) => <CustomerName customerId={meta.customerId} />,
    },
    { title: say("changed"), ellipsis: true, render: (_, event) => <Changed event={event} /> },
  ];
  return (
    <Table
      size="small"
      rowKey={({ sequence }) => sequence}
      columns={columns.map((column) => ({ ...column, shouldCellUpdate: isOther }))}
      dataSource={[...events]}
      pagination={false}
      scroll={{ x: 960 }}
      onRow={(event) => ({ onClick: () => choose(event), style: { cursor: "pointer" } })}
    />
  );
}

/** An event never changes, and in a busy second there are many of them. */
const isOther = (event: ToldEvent, before: ToldEvent) => event !== before;

/** To the second: here one looks at what comes one after the other. */
export function Clock({ time }: { time: string }) {
  const format = useFormat();
  const seconds = new Date(time).toTimeString().slice(6, 8);
  return (
    <time dateTime={time} style={{ fontVariantNumeric: "tabular-nums" }}>
      {format.time(time)}:{seconds}
    </time>
  );
}

const SHOWN = 4;

function Changed({ event: { meta, changedFields } }: { event: ToldEvent }) {
  const say = useWords();
  if (meta.version === 1) return say("begun");
  const fields = changedFields.filter((field) => field !== "updateTime"); // that goes without saying
  const rest = fields.length - SHOWN;
  return (
    <Typography.Text type="secondary">
      {fields.slice(0, SHOWN).join(", ")}
      {rest > 0 && ` ${say("more", { count: rest })}`}
    </Typography.Text>
  );
}
