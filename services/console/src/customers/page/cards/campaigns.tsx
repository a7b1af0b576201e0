import { Link } from "@tanstack/react-router";
import { Flex } from "antd";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { useCards } from "../card-words.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Campaigns() {
  const say = useCards();
  const format = useFormat();
  const label = useLabel();
  const campaigns = useSeen().portrait.campaigns;
  if (!campaigns) return null;
  return (
    <Part title={say("campaigns")} state={campaigns.state}>
      {campaigns.last.length === 0 && <Small>{say("noCampaigns")}</Small>}
      <ul className="customer-rows">
        {campaigns.last.map(({ campaignId, memberId, name, status, suppressedReason, time }) => (
          <li key={memberId}>
            <Flex vertical className="customer-grow">
              <Link to="/campaigns/$campaignId" params={{ campaignId }}>
                {name}
              </Link>
              <Small>
                {[
                  label("CampaignMemberStatus", `STATUS_${status}`),
                  label("SuppressedReason", suppressedReason),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </Small>
            </Flex>
            <Small>{format.date(time)}</Small>
          </li>
        ))}
      </ul>
    </Part>
  );
}
