// How far a complaint has come, and what is missing next.
import { CheckOutlined } from "@ant-design/icons";
import type { Case } from "@guanxi/client/gen/guanxi";
import { Button, Flex, Typography } from "antd";
import { useState } from "react";
import { useMay } from "../../api/session.ts";
import { type Stop, wayOf } from "../course.ts";
import { useWords } from "../words.ts";
import { ActionDialog } from "./action-dialog.tsx";

export function Way({ it }: { it: Case }) {
  const say = useWords();
  const may = useMay();
  const [linking, setLinking] = useState(false);
  const stops = wayOf(it);
  const next = stops.find(({ done, optional }) => !done && !optional);
  const missing = it.steps.filter(({ doneTime }) => !doneTime).length;
  return (
    <section className="case-part">
      <h3>{say("way.title")}</h3>
      <ol className="way">
        {stops.map((stop) => (
          <StopMark key={stop.station} stop={stop} current={stop === next} />
        ))}
      </ol>
      <Flex justify="space-between" align="center" gap={8} wrap>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {next && say("way.missing") + say(`missing.${next.station}`, { count: missing })}
        </Typography.Text>
        {!it.correctiveActionId && may("corrective_action", "update") && (
          <Button size="small" onClick={() => setLinking(true)}>
            {say("linkAction")}
          </Button>
        )}
      </Flex>
      {linking && <ActionDialog it={it} onEnd={() => setLinking(false)} />}
    </section>
  );
}

function StopMark({ stop, current }: { stop: Stop; current: boolean }) {
  const say = useWords();
  return (
    <li data-done={stop.done || undefined} aria-current={current ? "step" : undefined}>
      <span className="way-dot" aria-hidden>
        {stop.done && <CheckOutlined />}
      </span>
      {say(`way.${stop.station}`)}
    </li>
  );
}
