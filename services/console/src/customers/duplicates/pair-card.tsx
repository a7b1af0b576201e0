import type { Customer, DuplicatePair } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Button, Card, Flex, Tag, theme, Tooltip, Typography } from "antd";
import { useState } from "react";
import { useFormat } from "../../text/format.ts";
import { useNames } from "../page/data.ts";
import { rowOf } from "../list/rows.ts";
import { factorOf, strongest, wordsOf } from "./score.ts";
import { useDuplicateWords } from "./words.ts";
import "./duplicates.css";

interface Props {
  pair: DuplicatePair;
  customers: ReadonlyMap<string, Customer>;
  /** All that are one customer together with these two, of those that were read. */
  group: readonly string[];
  onMerge?: (ids: readonly string[]) => void;
  onDismiss?: () => void;
}

export function PairCard({ pair, customers, group, onMerge, onDismiss }: Props) {
  const say = useDuplicateWords();
  const format = useFormat();
  const nameOf = useNames();
  const [isOpen, setOpen] = useState(false);
  const { customerId, otherCustomerId, score, stale, dismissReason, dismissedBy, dismissTime } = pair;
  return (
    <Card size="small">
      <div className="pair">
        <Score score={score} />
        <div className="pair-two">
          <One customer={customers.get(customerId)} id={customerId} />
          <One customer={customers.get(otherCustomerId)} id={otherCustomerId} />
        </div>
        <Flex gap={8} wrap className="pair-do">
          {onMerge && <Button onClick={() => onMerge([customerId, otherCustomerId])}>{say("merge")}</Button>}
          {onDismiss && <Button onClick={onDismiss}>{say("dismiss")}</Button>}
        </Flex>
      </div>
      <Flex gap={8} wrap align="center" style={{ marginTop: 8 }}>
        {strongest(pair)
          .filter(({ bits }) => bits > 1)
          .map((each) => (
            <Tag key={each.field}>{wordsOf(each, say)}</Tag>
          ))}
        {stale && <Tag color="warning">{say("stale")}</Tag>}
        <Button type="link" size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {say("why")}
        </Button>
        {onMerge && group.length > 2 && (
          <Button type="link" size="small" onClick={() => onMerge(group)}>
            {say("mergeGroup", { count: group.length })}
          </Button>
        )}
        {dismissReason && (
          <Typography.Text type="secondary">
            {say("dismissedBy", {
              name: nameOf(dismissedBy),
              time: format.fromNow(dismissTime),
              reason: dismissReason,
            })}
          </Typography.Text>
        )}
      </Flex>
      {isOpen && <Why pair={pair} />}
    </Card>
  );
}

function Score({ score }: { score: number }) {
  const say = useDuplicateWords();
  return (
    <Tooltip title={say("likelyHint")}>
      <div className="pair-score">
        <strong>{score}%</strong>
        <span className="quiet">{say("likely")}</span>
      </div>
    </Tooltip>
  );
}

function One({ customer, id }: { customer: Customer | undefined; id: string }) {
  const say = useDuplicateWords();
  const nameOf = useNames();
  if (!customer) return <Typography.Text type="secondary">{id}</Typography.Text>;
  const { phone, email, ownerId, city, displayName } = rowOf(customer);
  const owner = ownerId ? nameOf(ownerId) : say("pool");
  return (
    <Flex vertical style={{ minWidth: 0 }}>
      <Link to="/customers/$customerId" params={{ customerId: id }}>
        {displayName}
      </Link>
      <Typography.Text type="secondary">{[city, owner].filter(Boolean).join(" · ")}</Typography.Text>
      <Typography.Text type="secondary" style={{ overflowWrap: "anywhere" }}>
        {phone || say("noPhone")} · {email || say("noEmail")}
      </Typography.Text>
    </Flex>
  );
}

/** How the score comes about: what any two customers begin with, and what each field makes of it. */
function Why({ pair }: { pair: DuplicatePair }) {
  const say = useDuplicateWords();
  const { token } = theme.useToken();
  const line = (key: string, what: string, more: string, bits: number) => (
    <tr key={key}>
      <td>{what}</td>
      <td className="quiet">{more}</td>
      <td style={{ textAlign: "end", color: bits < 0 ? token.colorTextSecondary : undefined }}>
        {factorOf(bits)}
      </td>
    </tr>
  );
  return (
    <table className="pair-why">
      <thead>
        <tr>
          <th scope="col">{say("evidence")}</th>
          <th scope="col" aria-label={say("why")} />
          <th scope="col" style={{ textAlign: "end" }}>
            {say("factor")}
          </th>
        </tr>
      </thead>
      <tbody>
        {line("prior", say("prior"), "", pair.priorBits)}
        {strongest(pair).map((each) =>
          line(
            each.field,
            wordsOf(each, say),
            each.holderCount > 0 ? say("holders", { count: each.holderCount }) : "",
            each.bits,
          ),
        )}
        <tr>
          <td>
            <strong>{say("sum")}</strong>
          </td>
          <td />
          <td style={{ textAlign: "end" }}>
            <strong>{pair.score}%</strong>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
