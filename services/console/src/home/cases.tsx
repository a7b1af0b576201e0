import { listCases } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import { useCustomerNames } from "../api/customers.ts";
import { useMe } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import "../inbox/vocabulary.ts";
import { useLabel } from "../text/texts.ts";
import { Line, Section } from "./section.tsx";
import { useHome } from "./words.ts";

const SHOWN = 8;
const ENDED = '["RESOLVED", "CLOSED", "CANCELLED", "MERGED"]';

export function Cases() {
  const say = useHome();
  const label = useLabel();
  const format = useFormat();
  const { user } = useMe();
  const query = useQuery({
    queryKey: ["cases", "mine", user?.userId],
    queryFn: async ({ signal }) => {
      const filter = `assignee_id == "${user?.userId}" && !(status in ${ENDED})`;
      return (await listCases({ filter, orderBy: "due_time", pageSize: SHOWN }, { signal })).cases;
    },
  });
  const names = useCustomerNames((query.data ?? []).map(({ customerId }) => customerId));
  return (
    <Section
      title={say("cases")}
      to="/inbox"
      query={query}
      none={say("casesNone")}
      noneHint={say("casesNoneHint")}
      keyOf={({ caseId }) => caseId}
      row={({ caseId, number, subject, customerId, priority, openTime }) => (
        <Line
          title={
            <Link to="/inbox" search={{ case: caseId }}>
              {number} · {subject}
            </Link>
          }
          note={`${customerId ? `${names.get(customerId) ?? "…"} · ` : ""}${format.fromNow(openTime)}`}
          end={
            <Typography.Text type={priority === "PRIORITY_URGENT" ? "danger" : "secondary"}>
              {label("CasePriority", priority)}
            </Typography.Text>
          }
        />
      )}
    />
  );
}
