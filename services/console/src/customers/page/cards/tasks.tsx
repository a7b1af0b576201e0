import type { PortraitTask } from "@guanxi/client/gen/guanxi";
import { Button, Flex, Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { useCards } from "../card-words.ts";
import { useNames } from "../data.ts";
import { useDo } from "../doing.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Tasks() {
  const say = useCards();
  const tasks = useSeen().portrait.tasks;
  if (!tasks) return null;
  return (
    <Part title={say("tasks")} state={tasks.state}>
      {tasks.open.length === 0 && <Small>{say("noTasks")}</Small>}
      <ul className="customer-rows">
        {tasks.open.map((each) => (
          <Task key={each.taskId} of={each} />
        ))}
      </ul>
    </Part>
  );
}

function Task({ of: { taskId, title, kind, dueTime, assigneeId } }: { of: PortraitTask }) {
  const say = useCards();
  const label = useLabel();
  const format = useFormat();
  const name = useNames();
  const act = useDo();
  const { may } = useSeen();
  const late = dueTime !== undefined && new Date(dueTime).getTime() < Date.now();
  return (
    <li>
      <Flex vertical className="customer-grow">
        <Typography.Text>{title}</Typography.Text>
        <Small>
          {label("TaskKind", `KIND_${kind}`)} · {assigneeId ? name(assigneeId) : say("noAssignee")}
          {dueTime && " · "}
          {dueTime && (
            <Typography.Text style={{ fontSize: 12 }} type={late ? "danger" : "secondary"}>
              {format.time(dueTime)}
            </Typography.Text>
          )}
        </Small>
      </Flex>
      {may("task", "update") && (
        <Button size="small" onClick={() => act({ what: "finishTask", taskId, title })}>
          {say("done")}
        </Button>
      )}
    </li>
  );
}
