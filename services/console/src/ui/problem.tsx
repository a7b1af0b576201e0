// What went wrong, in the gateway's words, with what to fix and the number by which the logs of all services know it.
import { Alert, App, Button, Typography } from "antd";
import { leaveIfEnded, problemOf, renewIfChanged } from "../api/api.ts";
import { useUi } from "./words.ts";

export function Problem({ error, again }: { error: unknown; again?: () => void }) {
  const say = useUi();
  const problem = problemOf(error);
  return (
    <Alert
      type={problem.status === 403 || problem.status === 404 ? "warning" : "error"}
      showIcon
      title={problem.title || say("unreachable")}
      description={<ProblemText error={error} />}
      action={again && <Button onClick={again}>{say("tryAgain")}</Button>}
    />
  );
}

export function ProblemText({ error }: { error: unknown }) {
  const say = useUi();
  const { detail, violations: all = [], traceId } = problemOf(error);
  const violations = all.filter(({ description }) => !detail?.includes(description));
  return (
    <>
      {detail && <div>{detail}</div>}
      {violations.map(({ field, description }) => (
        <div key={`${field} ${description}`}>
          {field && <Typography.Text code>{field}</Typography.Text>} {description}
        </div>
      ))}
      {traceId && (
        <Typography.Text
          type="secondary"
          style={{ fontSize: 12 }}
          copyable={{ text: traceId, tooltips: say("copyTrace") }}
        >
          {say("trace", { trace: traceId.slice(0, 8) })}
        </Typography.Text>
      )}
    </>
  );
}

/** Tells of a failed action without taking away what one was doing, and of what others changed it brings the newest. */
export function useComplain(): (error: unknown) => void {
  const { notification } = App.useApp();
  const say = useUi();
  return (error) => {
    leaveIfEnded(error);
    renewIfChanged(error);
    notification.error({
      title: problemOf(error).title || say("unreachable"),
      description: <ProblemText error={error} />,
      duration: 8,
    });
  };
}
