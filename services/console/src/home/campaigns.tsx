import { listCampaigns } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../text/format.ts";
import { Line, Section } from "./section.tsx";
import { useHome } from "./words.ts";

const SHOWN = 8;

export function Campaigns() {
  const say = useHome();
  const format = useFormat();
  const query = useQuery({
    queryKey: ["campaigns", "active"],
    queryFn: async ({ signal }) =>
      (
        await listCampaigns(
          { filter: 'status == "ACTIVE"', orderBy: "update_time desc", pageSize: SHOWN },
          { signal },
        )
      ).campaigns,
  });
  return (
    <Section
      title={say("campaigns")}
      to="/campaigns"
      query={query}
      none={say("campaignsNone")}
      noneHint={say("campaignsNoneHint")}
      keyOf={({ campaignId }) => campaignId}
      row={({ campaignId, name, launchTime }) => (
        <Line
          title={
            <Link to="/campaigns/$campaignId" params={{ campaignId }}>
              {name}
            </Link>
          }
          note={launchTime ? say("sent", { time: format.fromNow(launchTime) }) : ""}
        />
      )}
    />
  );
}
