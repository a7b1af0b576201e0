import { type CustomerKind, type DuplicateCandidate, findDuplicates } from "@guanxi/client/gen/guanxi";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Flex, Tag, Typography } from "antd";
import { useEffect, useState } from "react";
import { useMay } from "../../api/session.ts";
import { type Draft, inputOf, tells } from "./draft.ts";
import { useCreateWords } from "./words.ts";

const PAUSE_MS = 400;

/** Who may be the same one, as soon as somebody stops typing. */
export function useAlike(kind: CustomerKind, draft: Draft): readonly DuplicateCandidate[] {
  const may = useMay();
  const { displayName, phone, email, creditCode } = draft;
  const typed = useRested(JSON.stringify({ displayName, phone, email, creditCode }));
  const asked = JSON.parse(typed) as Draft;
  const { data } = useQuery({
    queryKey: ["customers", "alike", kind, typed],
    enabled: tells(asked) && may("customer", "read_personal"),
    placeholderData: keepPreviousData,
    retry: false,
    queryFn: ({ signal }) => findDuplicates({ customer: inputOf(kind, asked) }, { signal }),
  });
  return tells(asked) ? (data?.candidates ?? []) : [];
}

function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}

const SHOWN = 5;

export function Alike({ candidates }: { candidates: readonly DuplicateCandidate[] }) {
  const say = useCreateWords();
  if (candidates.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="status"
      title={say("alike")}
      description={
        <Flex vertical gap={8}>
          <span>{say("alikeHint")}</span>
          {candidates.slice(0, SHOWN).map((each) => (
            <Candidate key={each.customerId} candidate={each} />
          ))}
        </Flex>
      }
    />
  );
}

function Candidate({ candidate }: { candidate: DuplicateCandidate }) {
  const say = useCreateWords();
  const { customerId, displayName, score, matchedFields, archived } = candidate;
  const why = matchedFields.map((field) => say(`match.${field}` as Parameters<typeof say>[0]));
  return (
    <Flex gap={8} align="center" wrap>
      <Link to="/customers/$customerId" params={{ customerId }} target="_blank" rel="noopener">
        {displayName}
      </Link>
      {archived && <Tag>{say("archived")}</Tag>}
      <Typography.Text type="secondary">
        {score}% · {why.join(" · ")}
      </Typography.Text>
    </Flex>
  );
}
