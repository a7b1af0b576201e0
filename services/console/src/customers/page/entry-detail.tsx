// What more is known of an entry: read from the service that told it, when somebody opens it.
import type { TimelineEntry } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Flex, Typography } from "antd";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Loading } from "../../ui/loading.tsx";
import { ProblemText } from "../../ui/problem.tsx";
import { useNames } from "./data.ts";
import { useActor } from "./actor.ts";
import { Pairs } from "./part.tsx";
import { useSeen } from "./seen.ts";
import { THINGS } from "./things.ts";
import type { Facts, Tools } from "./tools.ts";
import { useTimelineWords } from "./words.ts";

export function EntryDetail({ entry }: { entry: TimelineEntry }) {
  const say = useTimelineWords();
  const format = useFormat();
  const { customerId } = useSeen();
  const told: Facts = [
    [say("fact.when"), format.time(entry.time)],
    [say("fact.told"), entry.toldTime === entry.time ? "" : format.time(entry.toldTime)],
    [say("fact.who"), useActor(entry)],
  ];
  return (
    <Flex vertical gap={8}>
      <Thing entry={entry} />
      <Pairs of={told} />
      {entry.customerId !== customerId && <Typography.Text type="secondary">{say("of")}</Typography.Text>}
      <Way entry={entry} />
    </Flex>
  );
}

function Thing({ entry }: { entry: TimelineEntry }) {
  const { type = "", id = "" } = entry.link ?? {};
  const thing = THINGS[type];
  const tools: Tools = { say: useTimelineWords(), format: useFormat(), label: useLabel(), name: useNames() };
  const { data, error, isPending } = useQuery({
    // Under the entry, for what happened is told as it is now, and is read again for the next one.
    queryKey: ["thing", type, id, entry.entryId],
    queryFn: ({ signal }) => thing!.read(id, entry, signal),
    enabled: thing !== undefined,
  });
  if (!thing) return null;
  if (error) return <ProblemText error={error} />;
  if (isPending) return <Loading rows={2} />;
  return <Pairs of={thing.facts(data, tools)} />;
}

/** To where the thing itself is worked on. */
function Way({ entry: { link } }: { entry: TimelineEntry }) {
  const say = useTimelineWords();
  if (link?.type === "case")
    return (
      <Link to="/inbox" search={{ case: link.id }}>
        {say("open")}
      </Link>
    );
  if (link?.type === "opportunity")
    return (
      <Link to="/pipeline" search={{ opportunity: link.id }}>
        {say("open")}
      </Link>
    );
  return null;
}
