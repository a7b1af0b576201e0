import { listMerges, type Merge } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { Loading } from "../../../ui/loading.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { useCards } from "../card-words.ts";
import { useDo } from "../doing.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

/** Only of a customer that has taken others in; what was undone is told too, as long as others are left. */
export function Merges() {
  const say = useCards();
  const { customerId, customer } = useSeen();
  const merged = customer.absorbedCustomerIds.length > 0;
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["aside", customerId, "merges"],
    queryFn: ({ signal }) => listMerges(customerId, { pageSize: 50 }, { signal }),
    enabled: merged,
  });
  if (!merged) return null;
  return (
    <Part title={say("merges")}>
      {isPending && <Loading rows={1} />}
      {error && <Problem error={error} again={() => void refetch()} />}
      <ul className="customer-rows">
        {data?.merges.map((each) => (
          <One key={each.mergeId} of={each} />
        ))}
      </ul>
    </Part>
  );
}

function One({ of: { mergeId, absorbedCustomerIds, createTime, actor, undoTime, reason } }: { of: Merge }) {
  const say = useCards();
  const format = useFormat();
  const act = useDo();
  const { portrait, may } = useSeen();
  const names = new Map(portrait.absorbed.map(({ customerId, displayName }) => [customerId, displayName]));
  const called = absorbedCustomerIds.map((id) => names.get(id) ?? id.slice(-8)).join(say("comma"));
  return (
    <li>
      <Flex vertical className="customer-grow">
        <Typography.Text delete={Boolean(undoTime)}>{called}</Typography.Text>
        <Small>{say("mergedOn", { date: format.date(createTime), name: actor?.name ?? "" })}</Small>
        {reason && <Small>{reason}</Small>}
        {undoTime && <Small>{say("undone", { date: format.date(undoTime) })}</Small>}
      </Flex>
      {!undoTime && may("customer", "merge") && (
        <Button size="small" onClick={() => act({ what: "unmerge", mergeId })}>
          {say("unmerge")}
        </Button>
      )}
    </li>
  );
}
