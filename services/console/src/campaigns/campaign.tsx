// One campaign: how far it is, whom it reached, and what it brought.
import {
  abortCampaign,
  type Campaign,
  completeCampaign,
  getCampaign,
  launchCampaign,
  pauseCampaign,
  resumeCampaign,
} from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Alert, App, Button, Card, Col, Flex, Row } from "antd";
import { useState } from "react";
import { ifMatch, once, queries } from "../api/api.ts";
import { useMay } from "../api/session.ts";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem, useComplain } from "../ui/problem.tsx";
import { AudiencePreview } from "./audience.tsx";
import { Status } from "./campaigns.tsx";
import { CampaignForm } from "./form.tsx";
import { Members } from "./members.tsx";
import { Plan } from "./plan.tsx";
import { Progress } from "./progress.tsx";
import { Result } from "./result.tsx";
import { useCampaigns } from "./words.ts";

const LOOK_AGAIN_MS = 5_000;

export function CampaignPage() {
  const say = useCampaigns();
  const { campaignId } = useParams({ from: "/shell/campaigns/$campaignId" });
  const { data, error, refetch } = useQuery({
    queryKey: ["campaigns", campaignId],
    queryFn: ({ signal }) => getCampaign(campaignId, {}, { signal }),
    // It completes, or is paused, by itself.
    refetchInterval: ({ state }) => (state.data?.status === "STATUS_ACTIVE" ? LOOK_AGAIN_MS : false),
  });
  const [editing, setEditing] = useState(false);
  if (!data) return error ? <Problem error={error} again={() => void refetch()} /> : <Loading />;
  return (
    <Page
      title={data.name}
      note={<Status of={data.status} />}
      actions={<Actions campaign={data} onEdit={() => setEditing(true)} />}
    >
      {data.pauseReason && (
        <Alert type="warning" showIcon title={say("paused")} description={data.pauseReason} />
      )}
      {data.status === "STATUS_PLANNED" ? <Planned campaign={data} /> : <Begun campaign={data} />}
      {editing && <CampaignForm campaign={data} onEnd={() => setEditing(false)} />}
    </Page>
  );
}

function Planned({ campaign }: { campaign: Campaign }) {
  const say = useCampaigns();
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} xl={12}>
        <Card title={<h2 className="card-title">{say("audience")}</h2>}>
          <AudiencePreview audience={campaign.audience ?? {}} />
        </Card>
      </Col>
      <Col xs={24} xl={12}>
        <Plan campaign={campaign} />
      </Col>
    </Row>
  );
}

function Begun({ campaign }: { campaign: Campaign }) {
  const say = useCampaigns();
  return (
    <>
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={12}>
          <Flex vertical gap={16}>
            <Card title={<h2 className="card-title">{say("progress")}</h2>}>
              <Progress campaign={campaign} />
            </Card>
            <Plan campaign={campaign} />
          </Flex>
        </Col>
        <Col xs={24} xl={12}>
          <Result campaign={campaign} />
        </Col>
      </Row>
      <Members campaignId={campaign.campaignId} live={campaign.status === "STATUS_ACTIVE"} />
    </>
  );
}

type Change = (
  campaignId: string,
  body: Record<string, never>,
  headers: { "If-Match": string; "Idempotency-Key": string },
) => Promise<Campaign>;

interface Step {
  key: "launch" | "resume" | "pause" | "complete" | "abort";
  change: Change;
  /** What cannot be taken back is asked for first. */
  asks?: [title: "launchAsk" | "abortAsk", hint: "launchHint" | "abortHint"];
  look?: { type?: "primary"; danger?: boolean };
}

const LAUNCH: Step = {
  key: "launch",
  change: launchCampaign,
  asks: ["launchAsk", "launchHint"],
  look: { type: "primary" },
};
const ABORT: Step = {
  key: "abort",
  change: abortCampaign,
  asks: ["abortAsk", "abortHint"],
  look: { danger: true },
};

/** What may be done with it, by where it stands. */
const STEPS: Partial<Record<Campaign["status"], Step[]>> = {
  STATUS_PLANNED: [LAUNCH],
  STATUS_ACTIVE: [
    { key: "pause", change: pauseCampaign },
    { key: "complete", change: completeCampaign },
    ABORT,
  ],
  STATUS_PAUSED: [{ key: "resume", change: resumeCampaign, look: { type: "primary" } }, ABORT],
};

function Actions({ campaign, onEdit }: { campaign: Campaign; onEdit: () => void }) {
  const say = useCampaigns();
  const may = useMay();
  const complain = useComplain();
  const { modal } = App.useApp();
  const { campaignId, name, status, etag } = campaign;
  const { mutate, isPending } = useMutation({
    mutationFn: (change: Change) => change(campaignId, {}, { ...ifMatch(etag), ...once() }),
    onSuccess: (after) => {
      queries.setQueryData(["campaigns", campaignId], after);
      void queries.invalidateQueries({ queryKey: ["campaigns"] });
    },
    onError: complain,
  });
  const take = ({ key, change, asks }: Step) => {
    if (!asks) return mutate(change);
    const [title, content] = [say(asks[0], { name }), say(asks[1])];
    modal.confirm({ title, content, okText: say(key), onOk: () => mutate(change) });
  };
  const steps = may("campaign", "launch") ? (STEPS[status] ?? []) : [];
  return (
    <>
      <Link to="/campaigns">
        <Button>{say("back")}</Button>
      </Link>
      {status === "STATUS_PLANNED" && may("campaign", "update") && (
        <Button onClick={onEdit}>{say("edit")}</Button>
      )}
      {steps.map((step) => (
        <Button key={step.key} loading={isPending} onClick={() => take(step)} {...step.look}>
          {say(step.key)}
        </Button>
      ))}
    </>
  );
}
