import type { PortraitOpportunity } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Flex, Typography } from "antd";
import dayjs from "dayjs";
import { amountOf, useFormat } from "../../../text/format.ts";
import { useCards } from "../card-words.ts";
import { textOf } from "../dates.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Pipeline() {
  const say = useCards();
  const format = useFormat();
  const pipeline = useSeen().portrait.pipeline;
  if (!pipeline) return null;
  const { openAmount } = pipeline;
  const sum = openAmount ? format.shortMoney(amountOf(openAmount), openAmount.currencyCode ?? "") : "";
  return (
    <Part title={say("pipeline")} state={pipeline.state}>
      <Small>
        {pipeline.openCount > 0
          ? say("pipelineSum", { count: pipeline.openCount, sum })
          : say("noOpportunity")}
      </Small>
      {pipeline.open.length > 0 && (
        <ul className="customer-rows" style={{ marginTop: 8 }}>
          {pipeline.open.map((each) => (
            <Opportunity key={each.opportunityId} of={each} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function Opportunity({ of }: { of: PortraitOpportunity }) {
  const say = useCards();
  const format = useFormat();
  const date = textOf(of.expectedCloseDate);
  const late = date !== "" && date < dayjs().format("YYYY-MM-DD");
  return (
    <li>
      <Flex vertical className="customer-grow">
        <Link to="/pipeline" search={{ opportunity: of.opportunityId }}>
          {of.displayName}
        </Link>
        <Flex gap="0 8px" wrap>
          <Small>{format.percent(of.probability / 100, 0)}</Small>
          {date &&
            (late ? (
              <Typography.Text type="danger" style={{ fontSize: 12 }}>
                {say("closeLate", { date })}
              </Typography.Text>
            ) : (
              <Small>{say("closes", { date })}</Small>
            ))}
        </Flex>
      </Flex>
      <Typography.Text>{format.money(of.amount)}</Typography.Text>
    </li>
  );
}
