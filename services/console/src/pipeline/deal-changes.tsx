// Who changed what, and when: from the service's history.
import { listOpportunityHistory, type Opportunity, type Pipeline } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Flex } from "antd";
import { useCustomerNames } from "../api/customers.ts";
import { Age } from "../ui/age.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { type Version, versionsOf } from "./changes.ts";
import { isTelling, useShown } from "./shown.ts";
import { useWords } from "./words.ts";

export function DealChanges({ deal, pipeline }: { deal: Opportunity; pipeline: Pipeline }) {
  const say = useWords();
  const history = useInfiniteQuery({
    queryKey: ["opportunity", deal.opportunityId, "history"],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      listOpportunityHistory(deal.opportunityId, { pageToken: pageParam }, { signal }),
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
  if (history.isPending) return <Loading rows={3} />;
  if (history.error) return <Problem error={history.error} again={() => void history.refetch()} />;
  const versions = versionsOf(history.data.pages.flatMap(({ changes }) => changes));
  return (
    <Flex vertical gap={12} align="start">
      <ol className="changes">
        {versions.map((version) => (
          <VersionLine key={version.version} version={version} pipeline={pipeline} />
        ))}
      </ol>
      {history.hasNextPage && (
        <Button loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
          {say("moreChanges")}
        </Button>
      )}
    </Flex>
  );
}

function VersionLine({
  version: { version, time, actor, changes },
  pipeline,
}: {
  version: Version;
  pipeline: Pipeline;
}) {
  const say = useWords();
  const customers = useCustomerNames(
    changes
      .filter(({ field }) => field === "customerId")
      .flatMap(({ before, after }) => [before, after] as string[]),
  );
  const { shown, labelOf } = useShown(pipeline, customers);
  const telling = changes.filter(({ field }) => isTelling(field));
  const name = actor?.name ?? "";
  return (
    <li>
      <div className="deal-faint">
        <Age time={time} /> ·{" "}
        {actor?.kind === "KIND_IMPORT"
          ? say("imported", { name })
          : say("by", { name: name || say("unknown") })}
        {version === 1 && ` · ${say("created")}`}
      </div>
      {version > 1 &&
        telling.map(({ field, before, after }) => (
          <div key={field}>
            {say("changeLine", {
              field: labelOf(field),
              before: shown(field, before) || say("empty"),
              after: shown(field, after) || say("empty"),
            })}
          </div>
        ))}
    </li>
  );
}
