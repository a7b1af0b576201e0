import type { PortraitFeedback } from "@guanxi/client/gen/guanxi";
import { Button, Flex, Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { useCards } from "../card-words.ts";
import { useDo } from "../doing.ts";
import { Pairs, Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Feedback() {
  const say = useCards();
  const format = useFormat();
  const scores = useSeen().portrait.scores;
  if (!scores) return null;
  const scored = (score: number | undefined, time: string | undefined) =>
    score !== undefined && `${format.number(score)} · ${format.date(time)}`;
  return (
    <Part title={say("feedback")} state={scores.state}>
      {scores.nps === undefined && scores.csat === undefined && <Small>{say("noScores")}</Small>}
      <Pairs
        of={[
          [say("nps"), scored(scores.nps, scores.npsTime)],
          [say("csat"), scored(scores.csat, scores.csatTime)],
        ]}
      />
      <ul className="customer-rows" style={{ marginTop: scores.openFeedback.length > 0 ? 8 : 0 }}>
        {scores.openFeedback.map((each) => (
          <Open key={each.feedbackId} of={each} />
        ))}
      </ul>
    </Part>
  );
}

function Open({ of }: { of: PortraitFeedback }) {
  const say = useCards();
  const label = useLabel();
  const format = useFormat();
  const act = useDo();
  const { may } = useSeen();
  const late = of.deadlineTime !== undefined && new Date(of.deadlineTime).getTime() < Date.now();
  return (
    <li>
      <Flex vertical className="customer-grow">
        <Typography.Text>{of.topic || say("openFeedback")}</Typography.Text>
        <Small>
          {[
            label("FeedbackSource", `SOURCE_${of.source}`),
            of.score !== undefined && say("points", { score: of.score }),
            of.standing && label("SurveyInvitationStanding", `STANDING_${of.standing}`),
            format.date(of.eventTime),
          ]
            .filter(Boolean)
            .join(" · ")}
        </Small>
        {late && (
          <Typography.Text type="danger" style={{ fontSize: 12 }}>
            {say("late")}
          </Typography.Text>
        )}
      </Flex>
      {may("feedback", "update") && (
        <Button size="small" onClick={() => act({ what: "feedback", feedbackId: of.feedbackId })}>
          {say("see")}
        </Button>
      )}
    </li>
  );
}
