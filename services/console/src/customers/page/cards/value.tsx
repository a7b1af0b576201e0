import type { PortraitValue } from "@guanxi/client/gen/guanxi";
import { Tooltip, Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { Nothing } from "../../../ui/empty.tsx";
import { useCards } from "../card-words.ts";
import { textOf } from "../dates.ts";
import { Pairs, Part } from "../part.tsx";
import { useSeen } from "../seen.ts";

type Word = Parameters<ReturnType<typeof useCards>>[0];

export function Value() {
  const say = useCards();
  const { value } = useSeen().portrait;
  if (!value) return null;
  return (
    <Part title={say("value")} state={value.state}>
      {value.rfmSegment || value.clv ? (
        <Reckoned of={value} />
      ) : (
        <Nothing title={say("noValue")} hint={say("noValueHint")} />
      )}
    </Part>
  );
}

function Reckoned({ of }: { of: PortraitValue }) {
  const say = useCards();
  const format = useFormat();
  const { recencyScore: r, frequencyScore: f, monetaryScore: m } = of;
  const between =
    of.earliestDate && say("between", { from: textOf(of.earliestDate), until: textOf(of.latestDate) });
  const dropped = { date: format.date(of.droppedTime), share: format.percent(of.dropShare) };
  return (
    <Pairs
      of={[
        [say("clv"), of.clv && <Hinted text={format.money(of.clv)} hint={say("clvWhy")} strong />],
        [say("alive"), format.percent(of.probabilityAlive)],
        [
          say("rfm"),
          of.rfmSegment && (
            <Hinted
              text={`${say(of.rfmSegment as Word)} ${r}${f}${m}`}
              hint={`${say("scores", { r, f, m })} · ${say("scoresWhy")}`}
            />
          ),
        ],
        [say("next"), of.nextPurchaseDate && <Hinted text={textOf(of.nextPurchaseDate)} hint={between} />],
        [say("cycle"), of.cycleDays > 0 && say("days", { days: format.number(of.cycleDays, 0) })],
        [
          say("dropped"),
          of.droppedTime && <Typography.Text type="danger">{say("droppedBy", dropped)}</Typography.Text>,
        ],
      ]}
    />
  );
}

const Hinted = ({
  text,
  hint,
  strong = false,
}: {
  text: string;
  hint: string | undefined;
  strong?: boolean;
}) => (
  <Tooltip title={hint}>
    <Typography.Text strong={strong}>{text}</Typography.Text>
  </Tooltip>
);
