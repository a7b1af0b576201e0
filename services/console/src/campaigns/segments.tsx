// Segments: what they mean, and who is in them now.
import { listSegmentMembers, type Segment } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Card, Drawer, Flex, Table, Typography } from "antd";
import { useState } from "react";
import { useNames } from "../api/customer-names.ts";
import { useMay } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { segmentsQuery } from "./data.ts";
import { SegmentForm } from "./segment-form.tsx";
import { useCampaigns } from "./words.ts";

export function Segments({ create }: { create: React.ReactNode }) {
  const say = useCampaigns();
  const label = useLabel();
  const may = useMay();
  const [shown, setShown] = useState<Segment>();
  const [edited, setEdited] = useState<Segment>();
  const { data, error, refetch } = useQuery({
    ...segmentsQuery,
    // A new one is computed over the whole book first.
    refetchInterval: ({ state }) =>
      state.data?.some((each) => each.state === "STATE_BUILDING") ? 1500 : false,
  });
  if (error && !data) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.length === 0)
    return (
      <Card>
        <Nothing title={say("noSegments")} hint={say("noSegmentsHint")} action={create} />
      </Card>
    );
  return (
    <Card styles={{ body: { padding: 0 } }}>
      <Table<Segment>
        rowKey="segmentId"
        size="middle"
        dataSource={data}
        pagination={false}
        scroll={{ x: "max-content" }}
        columns={[
          {
            title: say("name"),
            key: "name",
            render: (_, segment) =>
              may("segment", "update") ? (
                <Button type="link" style={{ padding: 0 }} onClick={() => setEdited(segment)}>
                  {segment.name}
                </Button>
              ) : (
                segment.name
              ),
          },
          {
            title: say("definition"),
            key: "condition",
            render: (_, { condition }) => (
              <Typography.Text code ellipsis={{ tooltip: condition }} style={{ maxWidth: 480 }}>
                {condition}
              </Typography.Text>
            ),
          },
          { title: say("status"), key: "state", render: (_, { state }) => label("SegmentState", state) },
          {
            title: say("members"),
            key: "members",
            render: (_, segment) => (
              <Button size="small" onClick={() => setShown(segment)}>
                {say("memberCount")}
              </Button>
            ),
          },
        ]}
      />
      {shown && <Members segment={shown} onEnd={() => setShown(undefined)} />}
      {edited && <SegmentForm segment={edited} onEnd={() => setEdited(undefined)} />}
    </Card>
  );
}

function Members({ segment, onEnd }: { segment: Segment; onEnd: () => void }) {
  const say = useCampaigns();
  const ui = useUi();
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["segments", segment.segmentId, "members"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      listSegmentMembers(segment.segmentId, { pageToken: pageParam }, { signal }),
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
  const rows = data?.pages.flatMap(({ memberships }) => memberships) ?? [];
  const { names, waiting } = useNames(rows.map(({ customerId }) => customerId));
  return (
    <Drawer open onClose={onEnd} size={480} title={say("segmentMembers", { name: segment.name })}>
      {error && <Problem error={error} />}
      {!data && !error && <Loading />}
      <Flex vertical gap={8}>
        {rows.map(({ customerId, sinceTime }) => (
          <Flex key={customerId} justify="space-between" gap={12}>
            <Link to="/customers/$customerId" params={{ customerId }}>
              {waiting.has(customerId) ? "…" : (names.get(customerId) ?? customerId)}
            </Link>
            <Typography.Text type="secondary">
              <Age time={sinceTime} />
            </Typography.Text>
          </Flex>
        ))}
        {hasNextPage && (
          <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {ui("more")}
          </Button>
        )}
      </Flex>
    </Drawer>
  );
}
