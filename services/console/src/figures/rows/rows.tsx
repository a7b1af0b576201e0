// The rows behind a figure, in a drawer: page by page, and all of them as a file.
import { DownloadOutlined } from "@ant-design/icons";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { App, Button, Drawer, Flex, Table, Typography } from "antd";
import { useRef, useState } from "react";
import { amountOf, useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Loading } from "../../ui/loading.tsx";
import { Problem, useComplain } from "../../ui/problem.tsx";
import { useUi } from "../../ui/words.ts";
import type { Cell } from "../../ui/csv.ts";
import { saveCsv } from "../../ui/save.ts";
import { isNumber, useShow } from "../sheet.ts";
import { useStageNames } from "../stage-names.ts";
import { useFigures } from "../words.ts";
import type { RowsAsked } from "./context.ts";
import { CustomerLink } from "./customer-link.tsx";
import { FACT_KINDS, type FactKind, type Looks } from "./kinds.ts";
import { type FactPage, peopleQuery, readAll, readPage } from "./read.ts";

const PAGE = 50;

export function RowsDrawer({ asked, close }: { asked: RowsAsked | undefined; close: () => void }) {
  const say = useFigures();
  return (
    <Drawer
      open={asked !== undefined}
      onClose={close}
      size="min(1080px, 100vw)"
      title={asked && say("rowsOf", { name: asked.title })}
      destroyOnHidden
    >
      {asked && <Rows key={JSON.stringify(asked)} asked={asked} />}
    </Drawer>
  );
}

function Rows({ asked }: { asked: RowsAsked }) {
  const say = useFigures();
  const ui = useUi();
  const format = useFormat();
  // Columns and rows of a kind belong together, which the name of the kind cannot tell the compiler.
  const kind = FACT_KINDS[asked.facts] as unknown as FactKind<unknown>;
  const { filter, orderBy, count, hint } = asked;
  const pages = useInfiniteQuery({
    queryKey: ["figures", "rows", asked.facts, filter, orderBy],
    queryFn: ({ pageParam, signal }) =>
      readPage(kind, { pageSize: PAGE, filter: filter || undefined, orderBy, pageToken: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
  if (pages.error) return <Problem error={pages.error} again={() => void pages.refetch()} />;
  if (!pages.data) return <Loading rows={8} />;
  const shown = pages.data.pages.reduce((sum, { facts }) => sum + facts.length, 0);
  const all = pages.hasNextPage ? count : shown;
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" gap={8} wrap>
        <Typography.Text type="secondary">
          {all === undefined
            ? say("rowsShown", { shown: format.number(shown) })
            : say("rowsShownOf", { shown: format.number(shown), all: format.number(all) })}
          <Sum kind={kind} pages={pages.data.pages} />
        </Typography.Text>
        {shown > 0 && <SaveAll asked={asked} kind={kind} />}
      </Flex>
      {hint && <Typography.Text type="secondary">{hint}</Typography.Text>}
      <FactTable kind={kind} pages={pages.data.pages} />
      {pages.hasNextPage && (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {ui("more")}
        </Button>
      )}
    </Flex>
  );
}

function Sum({ kind, pages }: { kind: FactKind<unknown>; pages: FactPage<unknown>[] }) {
  const say = useFigures();
  const format = useFormat();
  const amounts = pages.flatMap(({ facts }) =>
    facts.map((fact) => kind.money?.(fact)).filter((each) => !!each),
  );
  const [currency, ...others] = new Set(amounts.map(({ currencyCode }) => currencyCode));
  if (!currency || others.length > 0) return null;
  const sum = amounts.reduce((sum, each) => sum + amountOf(each), 0);
  return <> · {say("rowsSum", { sum: format.shortMoney(sum, currency) })}</>;
}

function useLooks(): Looks {
  const label = useLabel();
  const people = useQuery(peopleQuery).data;
  const stage = useStageNames();
  return { label, stage, user: (userId) => people?.get(userId) ?? (userId ? userId.slice(0, 8) : "") };
}

function FactTable({ kind, pages }: { kind: FactKind<unknown>; pages: FactPage<unknown>[] }) {
  const say = useFigures();
  const show = useShow();
  const looks = useLooks();
  const rows = pages.flatMap(({ facts, names }) =>
    facts.map((fact) => ({
      fact,
      customerId: kind.customerOf(fact),
      name: names.get(kind.customerOf(fact)),
    })),
  );
  const [first, ...others] = kind.columns;
  const columnOf = ({ title, kind: of, value }: (typeof kind.columns)[number]) => ({
    key: title,
    title: say(title),
    align: isNumber(of) ? ("right" as const) : ("left" as const),
    render: (_: unknown, { fact }: (typeof rows)[number]) =>
      show(value(fact, looks), of, kind.money?.(fact)?.currencyCode),
  });
  return (
    <Table
      size="small"
      pagination={false}
      rowKey={({ fact }) => kind.id(fact)}
      dataSource={rows}
      scroll={{ x: "max-content" }}
      locale={{ emptyText: say("noRows") }}
      columns={[
        columnOf(first!),
        {
          key: "customer",
          title: say("col.customer"),
          width: 220,
          ellipsis: true,
          render: (_: unknown, { customerId, name }: (typeof rows)[number]) => (
            <CustomerLink customerId={customerId} name={name} />
          ),
        },
        ...others.map(columnOf),
      ]}
    />
  );
}

function SaveAll({ asked, kind }: { asked: RowsAsked; kind: FactKind<unknown> }) {
  const say = useFigures();
  const looks = useLooks();
  const complain = useComplain();
  const { message } = App.useApp();
  const [count, setCount] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  const save = async () => {
    stop.current = new AbortController();
    setCount(0);
    try {
      const { filter, orderBy } = asked;
      const all = { filter: filter || undefined, orderBy };
      const { facts, names } = await readAll(kind, all, setCount, stop.current.signal);
      saveCsv(asked.title, fileLines(kind, facts, names, looks, say));
      void message.success(say("csvDone", { count: facts.length }));
    } catch (error) {
      if (!stop.current.signal.aborted) complain(error);
    } finally {
      setCount(undefined);
    }
  };
  if (count === undefined)
    return (
      <Button icon={<DownloadOutlined />} onClick={() => void save()}>
        {say("csvAll")}
      </Button>
    );
  return (
    <Flex gap={8} align="center" role="status">
      {say("csvProgress", { count })}
      <Button onClick={() => stop.current?.abort()}>{say("stop")}</Button>
    </Flex>
  );
}

function fileLines(
  kind: FactKind<unknown>,
  facts: unknown[],
  names: ReadonlyMap<string, string>,
  looks: Looks,
  say: ReturnType<typeof useFigures>,
): Cell[][] {
  const head = [...kind.columns.map(({ title }) => say(title)), say("col.customer"), say("currency")];
  const lines = facts.map((fact) => [
    ...kind.columns.map(({ value }) => value(fact, looks)),
    names.get(kind.customerOf(fact)) ?? kind.customerOf(fact),
    kind.money?.(fact)?.currencyCode ?? "",
  ]);
  return [head, ...lines];
}
