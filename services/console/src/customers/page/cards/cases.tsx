import type { PortraitCase } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Flex, Typography } from "antd";
import { useEffect, useState } from "react";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { useCards } from "../card-words.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Cases() {
  const say = useCards();
  const cases = useSeen().portrait.cases;
  if (!cases) return null;
  const { openCount: open, breachedCount: breached, complaintCount: complaints } = cases;
  return (
    <Part title={say("cases")} state={cases.state}>
      <Small>{open + complaints > 0 ? say("caseSum", { open, breached, complaints }) : say("noCases")}</Small>
      {cases.open.length > 0 && (
        <ul className="customer-rows" style={{ marginTop: 8 }}>
          {cases.open.map((each) => (
            <OpenCase key={each.caseId} of={each} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function OpenCase({ of }: { of: PortraitCase }) {
  const label = useLabel();
  return (
    <li>
      <Flex vertical className="customer-grow">
        <Link to="/inbox" search={{ case: of.caseId }}>
          #{of.number} {of.subject}
        </Link>
        <Small>
          {label("CaseKind", `KIND_${of.kind}`)} · {label("CaseStatus", `STATUS_${of.status}`)} ·{" "}
          {label("CasePriority", `PRIORITY_${of.priority}`)}
        </Small>
      </Flex>
      <Clock of={of} />
    </li>
  );
}

const MINUTE_MS = 60_000;

/** The next promise, as the service reckons it in business time; only how far off it is, is counted here. */
function Clock({ of: { dueTime, breached } }: { of: PortraitCase }) {
  const say = useCards();
  const format = useFormat();
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((ticks) => ticks + 1), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  const late = dueTime !== undefined && new Date(dueTime).getTime() < Date.now();
  if (breached || late)
    return (
      <Typography.Text type="danger" style={{ whiteSpace: "nowrap" }}>
        {breached ? say("breached") : say("late")}
      </Typography.Text>
    );
  return dueTime ? <Small>{say("due", { time: format.fromNow(dueTime) })}</Small> : null;
}
