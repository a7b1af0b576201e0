// What a campaign is to do, as it was planned.
import type { Campaign } from "@guanxi/client/gen/guanxi";
import { Card, Descriptions } from "antd";
import { SHOWN, useShown } from "./shown.ts";
import { valuesOf } from "./values.ts";
import { useCampaigns } from "./words.ts";

/** The name stands above. */
const PARTS = SHOWN.filter((part) => part !== "name");

export function Plan({ campaign }: { campaign: Campaign }) {
  const say = useCampaigns();
  const { labelOf, shown } = useShown(campaign);
  const values = valuesOf(campaign);
  const items = PARTS.map((part) => ({ key: part, label: labelOf(part), children: shown(part, values) }));
  return (
    <Card title={<h2 className="card-title">{say("plan")}</h2>}>
      <Descriptions
        size="small"
        column={1}
        items={items.filter(({ children }) => children !== "")}
        styles={{ label: { width: 112 } }}
      />
    </Card>
  );
}
