// What is likely to come in, month by month: each part is also a condition of what stands below it.
import { QuestionCircleOutlined } from "@ant-design/icons";
import type { Pipeline } from "@guanxi/client/gen/guanxi";
import { Button, Flex, Popover, Skeleton, Typography } from "antd";
import { useFormat } from "../text/format.ts";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { usePipelineAddress } from "./address.ts";
import { useForecast } from "./data.ts";
import { monthsFrom, todayText } from "./days.ts";
import { MONTHS_SHOWN } from "./filter.ts";
import type { Close } from "./search.ts";
import type { StageSum } from "./sums.ts";
import { useWords } from "./words.ts";

export function Forecast({ pipeline }: { pipeline: Pipeline }) {
  const say = useWords();
  const [search, change] = usePipelineAddress();
  const months = monthsFrom(todayText(), MONTHS_SHOWN) as Close[];
  const parts: (Close | undefined)[] = [undefined, "overdue", ...months, "later", "none"];
  const answers = useForecast(pipeline.pipelineId, search, parts);
  const failed = answers.find(({ error }) => error);
  if (failed)
    return <Problem error={failed.error} again={() => answers.forEach((each) => void each.refetch())} />;
  const asOf = answers
    .map(({ data }) => data?.asOfTime ?? "")
    .toSorted()
    .at(-1);
  return (
    <section aria-label={say("forecast")}>
      <Flex align="center" gap={4} style={{ marginBottom: 8 }}>
        <Typography.Title level={2} style={{ fontSize: 14, margin: 0 }}>
          {say("forecast")}
        </Typography.Title>
        <Definition asOf={asOf} />
      </Flex>
      <div className="forecast">
        {parts.map((close, index) => (
          <Part
            key={close ?? "all"}
            close={close}
            sum={answers[index]?.data?.sum}
            pressed={search.close === close}
            onPress={() => change({ close: search.close === close ? undefined : close })}
          />
        ))}
      </div>
    </section>
  );
}

function Definition({ asOf }: { asOf: string | undefined }) {
  const say = useWords();
  const ui = useUi();
  const format = useFormat();
  const text = (
    <div style={{ maxWidth: 360 }}>
      <div>{say("forecastDefinition")}</div>
      {asOf && <Typography.Text type="secondary">{say("asOf", { time: format.time(asOf) })}</Typography.Text>}
    </div>
  );
  return (
    <Popover content={text} trigger={["click"]}>
      <Button type="text" size="small" icon={<QuestionCircleOutlined />} aria-label={ui("definition")} />
    </Popover>
  );
}

interface PartProps {
  close: Close | undefined;
  sum: StageSum | undefined;
  pressed: boolean;
  onPress: () => void;
}

function Part({ close, sum, pressed, onPress }: PartProps) {
  const say = useWords();
  const format = useFormat();
  const late = close === "overdue" && (sum?.count ?? 0) > 0;
  return (
    <button type="button" className="forecast-part" aria-pressed={pressed} onClick={onPress}>
      <span className={late ? "deal-late" : "deal-faint"}>{usePartName(close)}</span>
      {sum ? (
        <>
          <strong>
            {sum.sums.map((each) => format.shortMoney(each.weighted, each.currencyCode)).join(" + ") || "0"}
          </strong>
          <span className="deal-faint">
            {[
              say("partCount", { count: sum.count }),
              ...sum.sums.map((each) => format.shortMoney(each.amount, each.currencyCode)),
            ].join(" · ")}
          </span>
        </>
      ) : (
        <Skeleton.Input active size="small" />
      )}
    </button>
  );
}

function usePartName(close: Close | undefined): string {
  const say = useWords();
  if (!close) return say("total");
  if (close === "overdue") return say("overdue");
  if (close === "later") return say("later");
  if (close === "none") return say("noDay");
  const month = Number(close.slice(5));
  return say(close === todayText().slice(0, 7) ? "fromToday" : "month", { month });
}
