// What it brought, by one model of attribution, each rate with its denominator.
import {
  AttributionModel,
  type Campaign,
  getCampaignResult,
  type MemberRate,
  recordCampaignCost,
} from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Card, Descriptions, Flex, Form, Input, InputNumber, Select, Typography } from "antd";
import { useState } from "react";
import { ifMatch, queries, renewIfChanged, useOnce } from "../api/api.ts";
import { useMay, useMe } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { moneyOf } from "../text/money.ts";
import { useLabel } from "../text/texts.ts";
import { FormModal } from "../ui/form-modal.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { currencyOf } from "./values.ts";
import { useCampaigns } from "./words.ts";

const MODELS = Object.values(AttributionModel).filter((each) => !each.endsWith("UNSPECIFIED"));
const RATES = ["sent", "delivered", "opened", "clicked", "responded", "converted", "unsubscribed"] as const;
const LOOK_AGAIN_MS = 10_000;

export function Result({ campaign }: { campaign: Campaign }) {
  const say = useCampaigns();
  const label = useLabel();
  const may = useMay();
  const { campaignId, status } = campaign;
  const [model, setModel] = useState<AttributionModel>("ATTRIBUTION_MODEL_LAST_TOUCH");
  const [spending, setSpending] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ["campaigns", campaignId, "result", model],
    queryFn: ({ signal }) => getCampaignResult(campaignId, { model }, { signal }),
    refetchInterval: status === "STATUS_ACTIVE" ? LOOK_AGAIN_MS : false,
  });
  return (
    <Card
      title={<h2 className="card-title">{say("result")}</h2>}
      extra={
        <Select
          aria-label={say("model")}
          value={model}
          onChange={setModel}
          style={{ minWidth: 140 }}
          options={MODELS.map((value) => ({ value, label: label("AttributionModel", value) }))}
        />
      }
    >
      {error && <Problem error={error} again={() => void refetch()} />}
      {!data && !error && <Loading rows={4} />}
      {data && (
        <Flex vertical gap={12}>
          <Money {...data} />
          <Descriptions
            size="small"
            column={{ xs: 1, sm: 2 }}
            items={RATES.map((key) => ({ key, label: say(key), children: <Rate rate={data[key]} /> }))}
          />
          <Typography.Text type="secondary">{say("resultNote")}</Typography.Text>
          {may("campaign", "update") && (
            <div>
              <Button onClick={() => setSpending(true)}>{say("recordCost")}</Button>
            </div>
          )}
        </Flex>
      )}
      {spending && <Cost campaign={campaign} onEnd={() => setSpending(false)} />}
    </Card>
  );
}

function Money({
  revenue,
  margin,
  cost,
  roi,
  conversions,
  conversionCredit,
}: Awaited<ReturnType<typeof getCampaignResult>>) {
  const say = useCampaigns();
  const format = useFormat();
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2 }}
      items={[
        { key: "revenue", label: say("revenue"), children: <strong>{format.money(revenue)}</strong> },
        { key: "margin", label: say("margin"), children: format.money(margin) },
        { key: "cost", label: say("cost"), children: format.money(cost) },
        { key: "roi", label: say("roi"), children: roi === undefined ? "–" : format.percent(roi) },
        {
          key: "conversions",
          label: say("conversions"),
          children: `${format.number(conversions)} · ${say("credit", { credit: format.number(conversionCredit) })}`,
        },
      ]}
    />
  );
}

function Rate({ rate }: { rate: MemberRate | undefined }) {
  const say = useCampaigns();
  const format = useFormat();
  if (!rate) return "–";
  const counts = say("of", { count: format.number(rate.count), of: format.number(rate.of) });
  return rate.rate === undefined ? counts : `${format.percent(rate.rate)} (${counts})`;
}

interface Spent {
  amount: string;
  note?: string;
}

function Cost({ campaign, onEnd }: { campaign: Campaign; onEnd: () => void }) {
  const say = useCampaigns();
  const { tenant } = useMe();
  const { campaignId, etag } = campaign;
  const onceFor = useOnce();
  const currency = currencyOf(campaign, tenant.currencyCode);
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ amount, note = "" }: Spent) =>
      recordCampaignCost(
        campaignId,
        { amount: moneyOf(amount, currency)!, note }, // the form asks for one
        { ...ifMatch(etag), ...onceFor({ amount, note }) },
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["campaigns"] });
      onEnd();
    },
    onError: (error) => renewIfChanged(error),
  });
  return (
    <FormModal<Spent>
      title={say("recordCost")}
      busy={isPending}
      error={error}
      onSubmit={(spent) => mutate(spent)}
      onClose={onEnd}
    >
      <Form.Item name="amount" label={`${say("amount")} (${currency})`} rules={[{ required: true }]}>
        <InputNumber<string> stringMode min="0.01" autoFocus style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="note" label={say("costNote")}>
        <Input maxLength={500} />
      </Form.Item>
    </FormModal>
  );
}
