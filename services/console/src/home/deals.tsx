import { listOpportunities } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import dayjs from "dayjs";
import { useCustomerNames } from "../api/customers.ts";
import { useMe } from "../api/session.ts";
import { dayOf } from "../text/day.ts";
import { useFormat } from "../text/format.ts";
import { Line, Section } from "./section.tsx";
import { useHome } from "./words.ts";

const DAYS = 30;
const SHOWN = 8;

export function Deals() {
  const say = useHome();
  const format = useFormat();
  const { user } = useMe();
  // A manager looks at everybody's.
  const own = user?.job === "manager" ? "" : `owner_id == "${user?.userId}" && `;
  const until = dayjs().add(DAYS, "day").format("YYYY-MM-DD");
  const query = useQuery({
    queryKey: ["opportunities", "closing", own, until],
    queryFn: async ({ signal }) => {
      const filter = `${own}stage_type == "OPEN" && expected_close_date <= "${until}"`;
      return (
        await listOpportunities({ filter, orderBy: "expected_close_date", pageSize: SHOWN }, { signal })
      ).opportunities;
    },
  });
  const names = useCustomerNames((query.data ?? []).map(({ customerId }) => customerId));
  return (
    <Section
      title={say("deals")}
      to="/pipeline"
      query={query}
      none={say("dealsNone")}
      noneHint={say("dealsNoneHint")}
      keyOf={({ opportunityId }) => opportunityId}
      row={({ opportunityId, displayName, customerId, expectedCloseDate, amount }) => {
        const day = dayOf(expectedCloseDate);
        const late = day !== undefined && dayjs(day).isBefore(dayjs(), "day");
        return (
          <Line
            title={
              <Link to="/pipeline" search={{ opportunity: opportunityId }}>
                {displayName}
              </Link>
            }
            note={
              <>
                {customerId && `${names.get(customerId) ?? "…"} · `}
                <Typography.Text type={late ? "danger" : "secondary"} style={{ fontSize: 13 }}>
                  {say("closes", { date: format.date(day) })}
                </Typography.Text>
              </>
            }
            end={<Typography.Text strong>{format.money(amount)}</Typography.Text>}
          />
        );
      }}
    />
  );
}
