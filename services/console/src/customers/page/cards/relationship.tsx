import { assessRelationship, type RelationshipAssessment } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { Loading } from "../../../ui/loading.tsx";
import { Problem } from "../../../ui/problem.tsx";
import { useCards } from "../card-words.ts";
import { textOf } from "../dates.ts";
import { Pairs, Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Relationship() {
  const say = useCards();
  const { customerId, may } = useSeen();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ["aside", customerId, "relationship"],
    queryFn: ({ signal }) => assessRelationship(customerId, { signal }),
    enabled: may("relationship", "read"),
  });
  if (!may("relationship", "read")) return null;
  return (
    <Part title={say("relation")}>
      {isPending && <Loading rows={2} />}
      {error && <Problem error={error} again={() => void refetch()} />}
      {data && <Assessed of={data} />}
    </Part>
  );
}

type Word = Parameters<ReturnType<typeof useCards>>[0];

function Assessed({ of }: { of: RelationshipAssessment }) {
  const say = useCards();
  const label = useLabel();
  const format = useFormat();
  const level = (value: string) => label("RelationshipLevel", value) || say("notJudged");
  const next = of.levels.find(({ met }) => !met);
  const lacking = next?.criteria
    .filter(({ met }) => !met)
    .map(({ name }) => say(`criterion.${name}` as Word));
  return (
    <>
      <Pairs
        of={[
          [say("level"), level(of.level)],
          [say("metLevel"), label("RelationshipLevel", of.metLevel)],
          [say("cost"), of.cost && format.money(of.cost)],
          [say("brought"), of.value && format.money(of.value)],
          [say("review"), textOf(of.reviewDate)],
        ]}
      />
      {of.overInvested && (
        <Typography.Text type="warning">{say("over", { level: level(of.advisedLevel) })}</Typography.Text>
      )}
      {next && lacking && lacking.length > 0 && (
        <div style={{ marginTop: 8 }}>
          <Small>
            {say("missing", {
              level: level(next.level),
              criteria: new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(
                lacking,
              ),
            })}
          </Small>
        </div>
      )}
    </>
  );
}
