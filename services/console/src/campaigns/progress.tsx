// How far it is, counted by the service; the sums hold at every moment.
import { type Campaign, getCampaignProgress, type StepProgress } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Flex, Progress as Bar, Table, Tag, Typography } from "antd";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { useCampaigns } from "./words.ts";

const LOOK_AGAIN_MS = 2_000;

export function Progress({ campaign: { campaignId, status } }: { campaign: Campaign }) {
  const say = useCampaigns();
  const label = useLabel();
  const format = useFormat();
  const { data, error, refetch } = useQuery({
    queryKey: ["campaigns", campaignId, "progress"],
    queryFn: ({ signal }) => getCampaignProgress(campaignId, { signal }),
    refetchInterval: status === "STATUS_ACTIVE" ? LOOK_AGAIN_MS : false,
  });
  if (error && !data) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <Loading rows={4} />;
  return (
    <Flex vertical gap={12} aria-live="polite">
      {!data.audienceComplete && status === "STATUS_ACTIVE" && (
        <Typography.Text type="secondary">
          {say("reading", { count: format.number(data.audienceCount) })}
        </Typography.Text>
      )}
      <Flex gap={8} wrap align="center">
        <Typography.Text strong>
          {say("members")} {format.number(data.memberCount)}
        </Typography.Text>
        {data.members.map(({ status, count }) => (
          <Tag key={status} variant="filled">
            {label("CampaignMemberStatus", status)} {format.number(count)}
          </Tag>
        ))}
      </Flex>
      {/* Wider than its place: keys scroll it, too. */}
      <section aria-label={say("steps")} tabIndex={0} style={{ overflowX: "auto" }}>
        <Table<StepProgress>
          rowKey="step"
          size="small"
          pagination={false}
          style={{ minWidth: "max-content" }}
          dataSource={data.steps}
          columns={[
            {
              title: say("steps"),
              key: "step",
              render: (_, { step, sent, requested }) => (
                <Flex vertical style={{ minWidth: 120 }}>
                  {say("step", { step })}
                  <Bar
                    size="small"
                    showInfo={false}
                    aria-label={`${say("step", { step })}: ${say("sent")}`}
                    percent={requested > 0 ? (sent / requested) * 100 : 0}
                  />
                </Flex>
              ),
            },
            ...(
              ["requested", "sent", "waiting", "bounced", "failed", "suppressed", "undecided"] as const
            ).map((key) => ({
              title: say(key),
              dataIndex: key,
              align: "right" as const,
              render: (count: number) => format.number(count),
            })),
          ]}
          expandable={{
            rowExpandable: ({ reasons }) => reasons.length > 0,
            expandedRowRender: ({ reasons }) => (
              <Flex vertical gap={4}>
                {reasons.map(({ reason, count }) => (
                  <Flex key={reason} justify="space-between" style={{ maxWidth: 360 }}>
                    <span>{label("SuppressedReason", reason)}</span>
                    <span>{format.number(count)}</span>
                  </Flex>
                ))}
              </Flex>
            ),
          }}
        />
      </section>
    </Flex>
  );
}
