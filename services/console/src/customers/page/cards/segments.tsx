import { Flex, Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { useCards } from "../card-words.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Segments() {
  const say = useCards();
  const format = useFormat();
  const segments = useSeen().portrait.segments;
  if (!segments) return null;
  return (
    <Part title={say("segments")} state={segments.state}>
      {segments.segments.length === 0 && <Small>{say("noSegments")}</Small>}
      <ul className="customer-rows">
        {segments.segments.map(({ segmentId, name, sinceTime, policy }) => (
          <li key={segmentId}>
            <Flex vertical className="customer-grow">
              <Typography.Text>{name}</Typography.Text>
              {policy?.offer && <Small>{say("offer", { offer: policy.offer })}</Small>}
            </Flex>
            <Small>{say("since", { date: format.date(sinceTime) })}</Small>
          </li>
        ))}
      </ul>
    </Part>
  );
}
