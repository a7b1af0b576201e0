// Campaigns, and the segments that they are for.
import { PlusOutlined } from "@ant-design/icons";
import { type Campaign, listCampaigns } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Card, Table, Tabs, Tag } from "antd";
import { useState } from "react";
import { useMay } from "../api/session.ts";
import { dayOf } from "../text/day.ts";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { CampaignForm } from "./form.tsx";
import { SegmentForm } from "./segment-form.tsx";
import { Segments } from "./segments.tsx";
import { useCampaigns } from "./words.ts";

export function Campaigns() {
  const say = useCampaigns();
  const may = useMay();
  const navigate = useNavigate();
  const { tab } = useSearch({ from: "/shell/campaigns" });
  const [making, setMaking] = useState(false);
  const allowed = tab === "segments" ? may("segment", "create") : may("campaign", "create");
  const create = allowed && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
      {tab === "segments" ? say("createSegment") : say("create")}
    </Button>
  );
  const end = () => setMaking(false);
  return (
    <Page title={say("title")} note={say("note")} actions={create}>
      <Tabs
        activeKey={tab ?? "campaigns"}
        onChange={(key) =>
          void navigate({ to: "/campaigns", search: key === "segments" ? { tab: key } : {} })
        }
        items={[
          { key: "campaigns", label: say("campaigns"), children: <List create={create} /> },
          { key: "segments", label: say("segments"), children: <Segments create={create} /> },
        ]}
      />
      {making && (tab === "segments" ? <SegmentForm onEnd={end} /> : <CampaignForm onEnd={end} />)}
    </Page>
  );
}

function List({ create }: { create: React.ReactNode }) {
  const say = useCampaigns();
  const ui = useUi();
  const format = useFormat();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["campaigns", "list"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      listCampaigns({ orderBy: "create_time desc", pageToken: pageParam }, { signal }),
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  const rows = data.pages.flatMap(({ campaigns }) => campaigns);
  if (rows.length === 0)
    return (
      <Card>
        <Nothing title={say("none")} hint={say("noneHint")} action={create} />
      </Card>
    );
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<Campaign>
        rowKey="campaignId"
        size="middle"
        dataSource={rows}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          {
            title: say("name"),
            key: "name",
            render: (_, { campaignId, name }) => (
              <Link to="/campaigns/$campaignId" params={{ campaignId }}>
                {name}
              </Link>
            ),
          },
          { title: say("status"), key: "status", render: (_, { status }) => <Status of={status} /> },
          { title: say("kind"), dataIndex: "kind" },
          {
            title: say("period"),
            key: "period",
            render: (_, { startDate, endDate }) =>
              [startDate, endDate]
                .map((each) => format.date(dayOf(each)))
                .filter(Boolean)
                .join(" – "),
          },
          {
            title: say("launched"),
            key: "launched",
            render: (_, { launchTime }) => <Age time={launchTime} />,
          },
          {
            title: say("budget"),
            key: "budget",
            align: "right",
            render: (_, { budget }) => format.money(budget),
          },
          { title: say("cost"), key: "cost", align: "right", render: (_, { cost }) => format.money(cost) },
        ]}
        footer={
          hasNextPage
            ? () => (
                <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                  {ui("more")}
                </Button>
              )
            : undefined
        }
      />
    </Card>
  );
}

const COLOURS: Partial<Record<Campaign["status"], string>> = {
  STATUS_ACTIVE: "success",
  STATUS_PAUSED: "warning",
  STATUS_ABORTED: "error",
};

export function Status({ of }: { of: Campaign["status"] }) {
  const label = useLabel();
  return (
    <Tag color={COLOURS[of] ?? "default"} variant="filled">
      {label("CampaignStatus", of)}
    </Tag>
  );
}
