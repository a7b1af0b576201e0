// All complaints of the customer, and what came of them (R084).
import { type Complaint, getComplaintHistory } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Problem } from "../../ui/problem.tsx";
import { useWords } from "../words.ts";
import { Part } from "./part.tsx";

export function ComplaintHistory({ customerId }: { customerId: string }) {
  const say = useWords();
  const format = useFormat();
  const may = useMay();
  const { data, error } = useQuery({
    queryKey: ["cases", "list", "complaints", customerId],
    queryFn: ({ signal }) => getComplaintHistory(customerId, { pageSize: 5 }, { signal }),
    enabled: may("case", "read"),
  });
  if (error) return <Problem error={error} />;
  if (!data?.totals) return null;
  const {
    complaintCount: count,
    openCount: open,
    reopenedCount: reopened,
    meanResolutionSeconds,
  } = data.totals;
  const mean = Number(meanResolutionSeconds);
  return (
    <Part title={say("complaintHistory")}>
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {count === 0 ? say("noComplaints") : say("complaintTotals", { count, open, reopened })}
      </Typography.Text>
      {mean > 0 && (
        <div>
          <Typography.Text type="secondary" style={{ fontSize: 13 }}>
            {say("meanResolution", { time: format.duration(mean) })}
          </Typography.Text>
        </div>
      )}
      {count > 0 && (
        <ul className="side-rows" style={{ marginTop: 8 }}>
          {data.complaints.map((each) => (
            <Row key={each.caseId} complaint={each} />
          ))}
        </ul>
      )}
    </Part>
  );
}

function Row({ complaint }: { complaint: Complaint }) {
  const label = useLabel();
  const format = useFormat();
  const { caseId, subject, status, resolution, rootCause, openTime } = complaint;
  const came = [
    format.date(openTime),
    label("CaseResolution", resolution) || label("CaseStatus", status),
    label("CaseRootCause", rootCause),
  ];
  return (
    <li>
      <Link from="/inbox" to="/inbox" search={(before) => ({ ...before, case: caseId })}>
        {subject}
      </Link>
      <div>
        <Typography.Text type="secondary" style={{ fontSize: 12 }}>
          {came.filter(Boolean).join(" · ")}
        </Typography.Text>
      </div>
    </li>
  );
}
