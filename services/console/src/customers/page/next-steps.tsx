// What to do next with this customer, each with why, and with what does it.
import type { CustomerNextStep } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Badge, Button, Flex, theme, Tooltip, Typography } from "antd";
import { useFormat } from "../../text/format.ts";
import { Nothing } from "../../ui/empty.tsx";
import { type Doing, useDo } from "./doing.ts";
import { Part, Small } from "./part.tsx";
import { type Seen, useSeen } from "./seen.ts";
import { useReason } from "./step-reason.ts";
import { useSteps } from "./step-words.ts";

export function NextSteps() {
  const say = useSteps();
  const { portrait, customer } = useSeen();
  const steps = portrait.nextSteps;
  return (
    <Part title={say("title")}>
      {steps.length === 0 && customer.state !== "STATE_ACTIVE" && <Small>{say("archived")}</Small>}
      {steps.length === 0 && customer.state === "STATE_ACTIVE" && (
        <Nothing title={say("nothing")} hint={say("nothingHint")} />
      )}
      {steps.length > 0 && (
        <ul className="customer-rows">
          {steps.map((step) => (
            <Step key={`${step.rule} ${step.link?.id}`} step={step} />
          ))}
        </ul>
      )}
    </Part>
  );
}

type Word = Parameters<ReturnType<typeof useSteps>>[0];

function Step({ step }: { step: CustomerNextStep }) {
  const say = useSteps();
  const reason = useReason();
  const { portrait } = useSeen();
  const { token } = theme.useToken();
  // 1 is pressing: red; 2 soon: orange; the rest waits.
  const colour =
    step.priority === 1
      ? token.colorError
      : step.priority === 2
        ? token.colorWarning
        : token.colorTextQuaternary;
  return (
    <li>
      <Badge color={colour} style={{ marginTop: 1 }} />
      <div className="customer-grow">
        <Flex gap="0 8px" wrap align="baseline">
          <Typography.Text strong>{say(step.rule as Word)}</Typography.Text>
          <Due time={step.dueTime} />
        </Flex>
        <Tooltip title={say("why", { reason: step.reason })} placement="topLeft">
          <Typography.Text type="secondary">{reason(step, portrait)}</Typography.Text>
        </Tooltip>
      </div>
      <Act step={step} />
    </li>
  );
}

function Due({ time }: { time: string | undefined }) {
  const say = useSteps();
  const format = useFormat();
  if (!time) return null;
  const late = (Date.now() - new Date(time).getTime()) / 1000;
  return late > 0 ? (
    <Typography.Text type="danger" style={{ fontSize: 12 }}>
      {say("overdue", { time: format.duration(late) })}
    </Typography.Text>
  ) : (
    <Small>{say("due", { time: format.fromNow(time) })}</Small>
  );
}

/** Leads to the thing that the step is about, or does it here. */
function Act({ step }: { step: CustomerNextStep }) {
  const say = useSteps();
  const act = useDo();
  const seen = useSeen();
  const id = step.link?.id ?? "";
  if (step.link?.type === "case") return <Go to="/inbox" search={{ case: id }} text={say("do.case")} />;
  if (step.rule === "follow_opportunity")
    return <Go to="/pipeline" search={{ opportunity: id }} text={say("do.follow_opportunity")} />;
  const found = WAYS[step.rule]?.(id, step.link?.type ?? "", seen);
  if (!found) return null;
  return (
    <Button size="small" onClick={() => act(found.doing)}>
      {say(found.word)}
    </Button>
  );
}

const Go = ({
  to,
  search,
  text,
}: {
  to: "/inbox" | "/pipeline";
  search: Record<string, string>;
  text: string;
}) => (
  <Link to={to} search={search}>
    <Button size="small" tabIndex={-1}>
      {text}
    </Button>
  </Link>
);

type Way = (id: string, type: string, seen: Seen) => { word: Word; doing: Doing } | undefined;

const contact =
  (word: Word): Way =>
  (_id, _type, { may }) =>
    may("interaction", "create") ? { word, doing: { what: "contact" } } : undefined;

const WAYS: Readonly<Record<string, Way>> = {
  answer_customer: (id, _type, { may, portrait }) => {
    const channel = portrait.interactions?.unanswered.find(
      ({ interactionId }) => interactionId === id,
    )?.channel;
    if (!may("interaction", "create")) return undefined;
    return {
      word: "do.answer_customer",
      doing: { what: "contact", answers: id, ...(channel ? { channel } : {}) },
    };
  },
  do_task: (id, _type, { may, portrait }) => {
    const title = portrait.tasks?.open.find(({ taskId }) => taskId === id)?.title ?? "";
    return may("task", "update")
      ? { word: "do.do_task", doing: { what: "finishTask", taskId: id, title } }
      : undefined;
  },
  answer_feedback: (id, _type, { may }) =>
    may("feedback", "update")
      ? { word: "do.answer_feedback", doing: { what: "feedback", feedbackId: id } }
      : undefined,
  stop_the_drop: contact("do.stop_the_drop"),
  congratulate: contact("do.congratulate"),
  offer_again: (_id, _type, { may }) =>
    may("opportunity", "create") ? { word: "do.offer_again", doing: { what: "opportunity" } } : undefined,
  state_churn_reason: (_id, _type, { mayChange }) =>
    mayChange
      ? { word: "do.state_churn_reason", doing: { what: "judge", about: "stage", departed: true } }
      : undefined,
  win_back: (id, type, { may }) => {
    if (type === "win_back")
      return may("win_back", "update")
        ? { word: "do.end_win_back", doing: { what: "winBack", winBackId: id } }
        : undefined;
    return may("win_back", "create") ? { word: "do.win_back", doing: { what: "winBack" } } : undefined;
  },
  assign_owner: (_id, _type, { may }) => {
    if (may("customer", "change_owner")) return { word: "do.assign_owner", doing: { what: "owner" } };
    return may("customer", "claim") ? { word: "do.claim", doing: { what: "claim" } } : undefined;
  },
};
