import { CheckOutlined } from "@ant-design/icons";
import { completeTask, listTasks, type Task } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Input, Modal, Typography } from "antd";
import { useState } from "react";
import { ifMatch, once, queries } from "../api/api.ts";
import { useCustomerNames } from "../api/customers.ts";
import { useMay, useMe } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { useComplain } from "../ui/problem.tsx";
import { Line, Section } from "./section.tsx";
import { useHome } from "./words.ts";

const SHOWN = 10;

export function Tasks() {
  const say = useHome();
  const { user } = useMe();
  const query = useInfiniteQuery({
    queryKey: ["tasks", "mine", user?.userId],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const filter = `assignee_id == "${user?.userId}" && state in ["OPEN", "IN_PROGRESS"]`;
      return listTasks({ filter, orderBy: "due_time", pageSize: SHOWN, pageToken: pageParam }, { signal });
    },
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    select: ({ pages }) => pages.flatMap(({ tasks }) => tasks),
  });
  const complain = useComplain();
  const more = async () => {
    const { error } = await query.fetchNextPage({ cancelRefetch: false });
    if (error) complain(error);
  };
  const names = useCustomerNames((query.data ?? []).map(({ customerId }) => customerId));
  return (
    <Section
      title={say("tasks")}
      query={query}
      more={query.hasNextPage ? more : undefined}
      none={say("tasksNone")}
      noneHint={say("tasksNoneHint")}
      keyOf={({ taskId }) => taskId}
      row={(task) => <TaskLine task={task} customer={names.get(task.customerId)} />}
    />
  );
}

/** What a rule made is named in the reader's language; what people wrote, they wrote in theirs. */
function useTitle(): (task: Task) => string {
  const label = useLabel();
  return ({ title, origin }) => {
    const named = label("TaskRule", origin?.rule);
    return named && named !== origin?.rule ? named : title;
  };
}

function TaskLine({ task, customer }: { task: Task; customer: string | undefined }) {
  const say = useHome();
  const label = useLabel();
  const titleOf = useTitle();
  const may = useMay();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Line
        title={<span title={task.title}>{titleOf(task)}</span>}
        note={
          <>
            {label("TaskKind", task.kind)} · <Due time={task.dueTime} />
            {task.customerId && (
              <>
                {" · "}
                <Link to="/customers/$customerId" params={{ customerId: task.customerId }}>
                  {customer ?? "…"}
                </Link>
              </>
            )}
          </>
        }
        end={
          may("task", "update") && (
            <Button icon={<CheckOutlined />} onClick={() => setOpen(true)}>
              {say("complete")}
            </Button>
          )
        }
      />
      {open && <Complete task={task} onEnd={() => setOpen(false)} />}
    </>
  );
}

function Due({ time }: { time: string | undefined }) {
  const say = useHome();
  const format = useFormat();
  if (!time) return say("noDue");
  const late = Date.now() - new Date(time).getTime();
  if (late > 0)
    return (
      <Typography.Text type="danger">
        {say("overdue", { time: format.duration(late / 1000) })}
      </Typography.Text>
    );
  return <span title={format.time(time)}>{say("due", { when: format.fromNow(time) })}</span>;
}

function Complete({ task, onEnd }: { task: Task; onEnd: () => void }) {
  const say = useHome();
  const complain = useComplain();
  const titleOf = useTitle();
  const { message } = App.useApp();
  const [outcome, setOutcome] = useState("");
  const { mutate, isPending } = useMutation({
    mutationFn: () => completeTask(task.taskId, { outcome }, { ...ifMatch(task.etag), ...once() }),
    onSuccess: async () => {
      void message.success(say("completed", { title: titleOf(task) }));
      onEnd();
      await queries.invalidateQueries({ queryKey: ["tasks"] });
    },
    onError: complain,
  });
  return (
    <Modal
      open
      title={titleOf(task)}
      okText={say("complete")}
      confirmLoading={isPending}
      onOk={() => mutate()}
      onCancel={onEnd}
    >
      <label htmlFor="outcome">{say("outcome")}</label>
      <Input.TextArea
        id="outcome"
        autoFocus
        rows={3}
        maxLength={2000}
        placeholder={say("outcomeHint")}
        value={outcome}
        onChange={({ target }) => setOutcome(target.value)}
      />
    </Modal>
  );
}
