// One card of the start page: a list of a few things, each leading to the thing.
import { Link } from "@tanstack/react-router";
import { Button, Card, Flex, Skeleton, theme, Typography } from "antd";
import type { ReactNode } from "react";
import { Nothing } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { useHome } from "./words.ts";

interface Props<T> {
  title: string;
  to?: string;
  query: { data: T[] | undefined; error: unknown; refetch: () => unknown };
  /** Brings those that are not shown yet, where there are any. */
  more?: (() => unknown) | undefined;
  none: string;
  noneHint: string;
  row: (item: T) => ReactNode;
  keyOf: (item: T) => string;
}

export function Section<T>({ title, to, query, more, none, noneHint, row, keyOf }: Props<T>) {
  const say = useHome();
  const ui = useUi();
  const { data, error, refetch } = query;
  const body = () => {
    if (error && !data) return <Problem error={error} again={() => void refetch()} />;
    if (!data) return <Skeleton active title={false} paragraph={{ rows: 4 }} />;
    if (data.length === 0) return <Nothing title={none} hint={noneHint} />;
    return (
      <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
        {data.map((item) => (
          <li key={keyOf(item)}>{row(item)}</li>
        ))}
      </ul>
    );
  };
  return (
    <Card
      title={<h2 className="card-title">{title}</h2>}
      extra={to && <Link to={to}>{say("seeAll")}</Link>}
      styles={{ body: { padding: data?.length ? 0 : 24 } }}
    >
      {body()}
      {more && (
        <Button type="link" onClick={() => void more()} style={{ margin: "8px" }}>
          {ui("more")}
        </Button>
      )}
    </Card>
  );
}

interface LineProps {
  title: ReactNode;
  note: ReactNode;
  end?: ReactNode;
}

export function Line({ title, note, end }: LineProps) {
  const { token } = theme.useToken();
  return (
    <Flex
      align="center"
      gap={12}
      style={{ padding: "10px 24px", borderBottom: `1px solid ${token.colorBorderSecondary}` }}
    >
      <Flex vertical flex={1} style={{ minWidth: 0 }}>
        <Typography.Text ellipsis style={{ display: "block" }}>
          {title}
        </Typography.Text>
        <Typography.Text type="secondary" ellipsis style={{ fontSize: 13 }}>
          {note}
        </Typography.Text>
      </Flex>
      {end}
    </Flex>
  );
}
