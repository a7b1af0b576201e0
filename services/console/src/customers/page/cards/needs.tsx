import { listNeeds } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { useLabel } from "../../../text/texts.ts";
import { Loading } from "../../../ui/loading.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { useCards } from "../card-words.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

/** Asked of the service desk itself, which the portrait has no copy of. */
export function Needs() {
  const say = useCards();
  const label = useLabel();
  const { customerId, may } = useSeen();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["aside", customerId, "needs"],
    queryFn: ({ signal }) =>
      listNeeds(
        { filter: `customer_id == "${customerId}"`, pageSize: 20, orderBy: "update_time desc" },
        { signal },
      ),
    enabled: may("need", "read"),
  });
  if (!may("need", "read")) return null;
  return (
    <Part title={say("needs")}>
      {isPending && <Loading rows={1} />}
      {error && <Problem error={error} again={() => void refetch()} />}
      {data?.needs.length === 0 && <Small>{say("noNeeds")}</Small>}
      <ul className="customer-rows">
        {data?.needs.map(({ needId, statement, status }) => (
          <li key={needId}>
            <span className="customer-grow">{statement}</span>
            <Small>{label("NeedStatus", status)}</Small>
          </li>
        ))}
      </ul>
    </Part>
  );
}
