import { getReferralTree, type PortraitReferral } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../text/format.ts";
import { Problem } from "../../../ui/problem.tsx";
import { useCards } from "../card-words.ts";
import { Pairs, Part } from "../part.tsx";
import { useSeen } from "../seen.ts";

/** Only where somebody has sent somebody. */
export function Referral() {
  const { referral } = useSeen().portrait;
  if (!referral?.referrer && !referral?.referredCount) return null;
  return <Known of={referral} />;
}

function Known({ of: { referrer, referredCount, state } }: { of: PortraitReferral }) {
  const say = useCards();
  const format = useFormat();
  const { customerId } = useSeen();
  const { data, error, refetch } = useQuery({
    queryKey: ["aside", customerId, "referrals"],
    queryFn: ({ signal }) => getReferralTree(customerId, { depth: 1, pageSize: 20 }, { signal }),
    enabled: referredCount > 0,
  });
  return (
    <Part title={say("referral")} state={state}>
      <Pairs
        of={[
          [
            say("referrer"),
            referrer ? <To id={referrer.customerId} name={referrer.displayName} /> : say("nobody"),
          ],
          [say("referred"), say("customers", { count: referredCount })],
          [say("credited"), format.money(data?.creditedRevenue)],
        ]}
      />
      {error && <Problem error={error} again={() => void refetch()} />}
      <ul className="customer-rows" style={{ marginTop: data ? 8 : 0 }}>
        {data?.nodes.map((node) => (
          <li key={node.customerId}>
            <span className="customer-grow">
              <To id={node.customerId} name={node.displayName} />
            </span>
            <span>{format.money(node.revenue)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

const To = ({ id, name }: { id: string; name: string }) => (
  <Link to="/customers/$customerId" params={{ customerId: id }}>
    {name}
  </Link>
);
