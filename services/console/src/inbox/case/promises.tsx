import type { Case } from "@guanxi/client/gen/guanxi";
import { Typography } from "antd";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { TargetClock } from "../list/clock.tsx";
import { useWords } from "../words.ts";

/** Every promise with its clock; each is told by when it ends, since nobody counts from when it began. */
export function Promises({ it }: { it: Case }) {
  const say = useWords();
  const label = useLabel();
  const format = useFormat();
  const targets = it.sla?.targets.filter(({ state }) => state !== "STATE_VOID") ?? [];
  if (targets.length === 0) return null;
  return (
    <section className="case-part" aria-label={say("promises")}>
      <div className="case-promises">
        {targets.map((target) => (
          <div key={target.kind}>
            <Typography.Text type="secondary" style={{ fontSize: 13 }}>
              {label("SlaTargetKind", target.kind)}
            </Typography.Text>
            <div>
              <TargetClock target={target} />
            </div>
            <Typography.Text type="secondary" style={{ fontSize: 12 }}>
              {format.time(target.metTime ?? target.dueTime)}
            </Typography.Text>
          </div>
        ))}
      </div>
    </section>
  );
}
