// The same opportunities as a table, and those that are closed.
import type { Opportunity, Pipeline, Stage } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Button, Flex, Table, type TableColumnsType } from "antd";
import type { SorterResult, SortOrder } from "antd/es/table/interface";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { usePipelineAddress } from "./address.ts";
import { ExpectedDay, MoveMenu } from "./card.tsx";
import { useDeals, useNamesFor, useUserName } from "./data.ts";
import { dayText } from "./days.ts";
import { aboutOf } from "./moves.ts";
import type { DealSort, PipelineSearch } from "./search.ts";
import { useStageName } from "./stage-name.ts";
import { useWords } from "./words.ts";

interface Props {
  pipeline: Pipeline;
  move: ((deal: Opportunity, stage: Stage) => void) | undefined;
}

const TYPES = { open: "OPEN", won: "WON", lost: "LOST" } as const;

export function DealTable({ pipeline, move }: Props) {
  const ui = useUi();
  const [search, change] = usePipelineAddress();
  const deals = useDeals(askedOf(pipeline, search), search);
  const pages = deals.data?.pages ?? [];
  const rows = pages.flatMap(({ opportunities }) => opportunities);
  const columns = useColumns({ pipeline, move }, useNamesFor(pages).names, search);
  if (deals.isPending) return <Loading />;
  if (deals.error && rows.length === 0)
    return <Problem error={deals.error} again={() => void deals.refetch()} />;
  if (rows.length === 0) return <NothingHere search={search} />;
  return (
    <Flex vertical gap={12} align="center">
      <Table<Opportunity>
        style={{ width: "100%" }}
        size="small"
        rowKey="opportunityId"
        dataSource={rows}
        columns={columns}
        pagination={false}
        scroll={{ x: 1000 }}
        onChange={(_pages, _filters, sorter) => change({ sort: sortOf(sorter) })}
      />
      {deals.hasNextPage && (
        <Button loading={deals.isFetchingNextPage} onClick={() => void deals.fetchNextPage()}>
          {ui("more")}
        </Button>
      )}
    </Flex>
  );
}

const askedOf = ({ pipelineId }: Pipeline, { state, stage, sort }: PipelineSearch) => ({
  pipelineId,
  type: TYPES[state ?? "open"],
  stageId: stage,
  orderBy: sort ?? (state ? "update_time desc" : "expected_close_date"),
});

function sortOf(sorter: SorterResult<Opportunity> | SorterResult<Opportunity>[]): DealSort | undefined {
  const { columnKey, order } = [sorter].flat()[0] ?? {};
  if (!order) return undefined;
  return (order === "descend" ? `${columnKey} desc` : columnKey) as DealSort;
}

function NothingHere({ search }: { search: PipelineSearch }) {
  const say = useWords();
  const filtered = search.owner || search.customer || search.close || search.state || search.stage;
  return filtered ? (
    <Nothing title={say("nothingFound")} hint={say("nothingFoundHint")} />
  ) : (
    <Nothing title={say("nothing")} hint={say("nothingHint")} />
  );
}

function useColumns(
  { pipeline, move }: Props,
  names: ReadonlyMap<string, string>,
  { sort, state }: PipelineSearch,
): TableColumnsType<Opportunity> {
  const say = useWords();
  const format = useFormat();
  const label = useLabel();
  const nameOf = useStageName();
  const userName = useUserName();
  const sorted = (key: string): SortOrder =>
    sort === key ? "ascend" : sort === `${key} desc` ? "descend" : null;
  const stageName = (id: string) => {
    const stage = pipeline.stages.find(({ stageId }) => stageId === id);
    return stage ? nameOf(stage) : id;
  };
  return [
    {
      key: "name",
      title: say("name"),
      width: 210,
      ellipsis: true,
      render: (_, { opportunityId, displayName, customerId }) => (
        <Link
          from="/pipeline"
          to="/pipeline"
          search={(before) => ({ ...before, opportunity: opportunityId })}
          replace
          title={displayName}
        >
          {aboutOf(displayName, names.get(customerId))}
        </Link>
      ),
    },
    {
      key: "customer",
      title: say("customer"),
      width: 180,
      ellipsis: true,
      render: (_, { customerId }) => names.get(customerId),
    },
    { key: "stage", title: say("stage"), width: 110, render: (_, { stageId }) => stageName(stageId) },
    {
      key: "amount",
      title: say("amount"),
      align: "right",
      width: 120,
      sorter: true,
      sortOrder: sorted("amount"),
      render: (_, { amount }) => format.money(amount),
    },
    ...(state
      ? []
      : [
          {
            key: "probability",
            title: say("probability"),
            align: "right" as const,
            width: 106,
            render: (_: unknown, { probability }: Opportunity) => format.percent(probability / 100, 0),
          },
        ]),
    {
      key: "expected_close_date",
      title: say("expectedClose"),
      width: 140,
      sorter: true,
      sortOrder: sorted("expected_close_date"),
      render: (_, deal) => <ExpectedDay deal={deal} />,
    },
    ...(state
      ? [
          {
            key: "closeDate",
            title: say("closeDate"),
            width: 120,
            render: (_: unknown, { closeDate }: Opportunity) => format.date(dayText(closeDate)),
          },
        ]
      : []),
    ...(state === "lost"
      ? [
          {
            key: "reason",
            title: say("lostReason"),
            width: 140,
            render: (_: unknown, { lostReason }: Opportunity) => label("OpportunityLostReason", lostReason),
          },
        ]
      : []),
    {
      key: "owner",
      title: say("owner"),
      width: 80,
      ellipsis: true,
      render: (_, { ownerId }) => userName(ownerId),
    },
    ...(move && !state
      ? [
          {
            key: "move",
            title: <span className="only-read">{say("moveTo")}</span>,
            width: 52,
            fixed: "right" as const,
            render: (_: unknown, deal: Opportunity) => (
              <MoveMenu deal={deal} pipeline={pipeline} move={move} />
            ),
          },
        ]
      : []),
  ];
}
