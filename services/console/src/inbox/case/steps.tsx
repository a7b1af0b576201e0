import { CheckOutlined } from "@ant-design/icons";
import { type Case, type CaseStep, completeCaseStep } from "@guanxi/client/gen/guanxi";
import { Checkbox, Flex, theme, Typography } from "antd";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { movesOf } from "../course.ts";
import { useNames } from "../data.ts";
import { useWords } from "../words.ts";
import { useCommand } from "./command.tsx";

/** What the process asks for before the case may be closed. What is done stays done. */
export function Steps({ it }: { it: Case }) {
  const say = useWords();
  const missing = it.steps.filter(({ doneTime }) => !doneTime).length;
  return (
    <section className="case-part">
      <Flex justify="space-between" align="baseline" gap={8} wrap style={{ marginBottom: 8 }}>
        <h3 style={{ margin: 0, fontSize: 14, fontWeight: 600 }}>{say("steps")}</h3>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {say("stepsHint", { count: missing })}
        </Typography.Text>
      </Flex>
      <Flex vertical gap={4}>
        {it.steps.map((step) => (
          <Step key={step.code} it={it} step={step} />
        ))}
      </Flex>
    </section>
  );
}

function Step({ it, step }: { it: Case; step: CaseStep }) {
  const may = useMay();
  const { run, busy } = useCommand(it);
  if (step.doneTime) return <Done step={step} />;
  const over = movesOf(it).length === 0 || it.status === "STATUS_CLOSED";
  return (
    <Checkbox
      checked={busy}
      disabled={over || busy || !may("case", "update")}
      onChange={() => void run((headers) => completeCaseStep(it.caseId, { code: step.code }, headers))}
    >
      {step.label}
    </Checkbox>
  );
}

function Done({ step }: { step: CaseStep }) {
  const say = useWords();
  const format = useFormat();
  const nameOf = useNames();
  const { token } = theme.useToken();
  return (
    <Flex gap={8} align="baseline" wrap>
      <CheckOutlined style={{ width: 16, color: token.colorPrimary }} />
      {step.label}
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {say("doneBy", { name: nameOf(step.doneBy), time: format.time(step.doneTime) })}
      </Typography.Text>
    </Flex>
  );
}
