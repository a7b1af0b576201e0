// Why a form was not kept. Where somebody else changed the record meanwhile, both are shown, and the person decides.
import { Alert, Button, Flex } from "antd";
import { problemOf } from "../api/api.ts";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { useCampaigns } from "./words.ts";

interface Props<R> {
  error: unknown;
  /** What the form was made of; nothing of a new record. */
  base: R | undefined;
  /** As it was read last. */
  now: R | undefined;
  differences: (base: R, now: R) => React.ReactNode;
  /** Keeps what this person has written all the same. */
  over: (now: R) => void;
  leave: () => void;
}

export function Refused<R extends { etag: string }>(props: Props<R>) {
  const { error, base, now, differences, over, leave } = props;
  const say = useCampaigns();
  if (problemOf(error).status !== 412 || !base || !now) return <Problem error={error} />;
  const isRead = base.etag !== now.etag;
  return (
    <Alert
      type="warning"
      showIcon
      title={say("changedMeanwhile")}
      description={
        <Flex vertical gap={8}>
          {isRead && differences(base, now)}
          <div>{say("saveMineHint")}</div>
          <Flex gap={8} wrap>
            <Button size="small" type="primary" disabled={!isRead} onClick={() => over(now)}>
              {say("saveMine")}
            </Button>
            <Button size="small" onClick={leave}>
              {say("keepTheirs")}
            </Button>
          </Flex>
        </Flex>
      }
    />
  );
}

export interface Difference {
  field: string;
  theirs: string;
  /** Where this person has changed it too. */
  mine?: string;
}

export function Differences({ all }: { all: readonly Difference[] }) {
  const say = useCampaigns();
  const ui = useUi();
  return all.map(({ field, theirs, mine }) => {
    const values = { field, theirs: theirs || ui("none") };
    return (
      <div key={field}>
        {mine === undefined
          ? say("nowTheirs", values)
          : say("bothChanged", { ...values, mine: mine || ui("none") })}
      </div>
    );
  });
}
