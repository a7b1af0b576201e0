// Each customer of the campaign, and how far it came with them.
import { type CampaignMember, listCampaignMembers } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Card, Select, Table } from "antd";
import { useState } from "react";
import { useNames } from "../api/customer-names.ts";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { Nothing } from "../ui/empty.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { useCampaigns } from "./words.ts";

const STATES = [
  "SENT",
  "OPENED",
  "CLICKED",
  "RESPONDED",
  "CONVERTED",
  "BOUNCED",
  "UNSUBSCRIBED",
  "SUPPRESSED",
];
const LOOK_AGAIN_MS = 5_000;

export function Members({ campaignId, live }: { campaignId: string; live: boolean }) {
  const say = useCampaigns();
  const ui = useUi();
  const label = useLabel();
  const [state, setState] = useState<string>();
  const filter = state ? `status == "${state}"` : "";
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["campaigns", campaignId, "members", filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      listCampaignMembers(campaignId, { filter, pageToken: pageParam }, { signal }),
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    // Only while the first page is all there is: nobody's place moves under them.
    refetchInterval: ({ state: { data } }) => (live && (data?.pages.length ?? 0) < 2 ? LOOK_AGAIN_MS : false),
  });
  const rows = data?.pages.flatMap(({ members }) => members) ?? [];
  const { names, waiting } = useNames(rows.map(({ customerId }) => customerId));
  return (
    <Card
      title={<h2 className="card-title">{say("members")}</h2>}
      styles={{ body: { padding: rows.length ? 0 : 24 } }}
      extra={
        <Select
          allowClear
          aria-label={say("status")}
          placeholder={ui("all")}
          value={state}
          onChange={setState}
          style={{ minWidth: 140 }}
          options={STATES.map((value) => ({
            value,
            label: label("CampaignMemberStatus", `STATUS_${value}`),
          }))}
        />
      }
    >
      {error && <Problem error={error} />}
      {!isPending && rows.length === 0 && <Nothing title={ui("none")} hint={say("membersNone")} />}
      {rows.length > 0 && (
        <Table<CampaignMember>
          rowKey="memberId"
          size="small"
          pagination={false}
          scroll={{ x: "max-content" }}
          dataSource={rows}
          columns={[
            {
              title: say("customer"),
              key: "customer",
              render: (_, { customerId }) => (
                <Link to="/customers/$customerId" params={{ customerId }}>
                  {waiting.has(customerId) ? "…" : (names.get(customerId) ?? customerId)}
                </Link>
              ),
            },
            {
              title: say("status"),
              key: "status",
              render: (_, { status }) => label("CampaignMemberStatus", status),
            },
            {
              title: say("reason"),
              key: "reason",
              render: (_, { suppressedReason }) => label("SuppressedReason", suppressedReason),
            },
            {
              title: say("since"),
              key: "since",
              render: (_, { targetedTime }) => <Age time={targetedTime} />,
            },
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
      )}
    </Card>
  );
}
