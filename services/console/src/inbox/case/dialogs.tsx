// What is asked before something is done with a case.
import {
  acknowledgeCase,
  assignCase,
  type Case,
  CaseKind,
  CasePhase,
  CaseResolution,
  CaseRootCause,
  cancelCase,
  moveCase,
  reopenCase,
  resolveCase,
  routeCase,
  splitCase,
  updateCase,
} from "@guanxi/client/gen/guanxi";
import { Flex, Form } from "antd";
import type { Move } from "../course.ts";
import { useWords } from "../words.ts";
import { useFormCommand } from "./command.tsx";
import { AssigneeField, EnumField, QueueField, TextField } from "./fields.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { MergeDialog } from "./merge-dialog.tsx";

interface Props {
  it: Case;
  onEnd: () => void;
}

/** Moves that ask nothing have no dialog. */
export function MoveDialog({ move, ...props }: Props & { move: Move }) {
  if (move === "acknowledge") return <Acknowledge {...props} />;
  if (move === "resolve") return <Resolve {...props} />;
  if (move === "assign") return <Assign {...props} />;
  if (move === "edit") return <Edit {...props} />;
  if (move === "split") return <Split {...props} />;
  if (move === "merge") return <MergeDialog {...props} />;
  return <WithReason {...props} move={move} />;
}

function Acknowledge({ it, onEnd }: Props) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  return (
    <FormDialog<{ customerMessage?: string }>
      title={say("acknowledgeTitle")}
      hint={say("acknowledgeHint")}
      ok={say("do.acknowledge")}
      busy={busy}
      onEnd={onEnd}
      submit={(body) => run((headers) => acknowledgeCase(it.caseId, body, headers))}
    >
      <TextField name="customerMessage" label="acknowledgeMessage" rows={4} />
    </FormDialog>
  );
}

interface Answer {
  resolution: CaseResolution;
  note?: string;
  rootCause?: CaseRootCause;
  rootCauseNote?: string;
}

function Resolve({ it, onEnd }: Props) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  const complaint = it.kind === "KIND_COMPLAINT";
  return (
    <FormDialog<Answer>
      title={say("resolveTitle", { number: it.number })}
      ok={say("do.resolve")}
      initial={{ resolution: "RESOLUTION_SOLVED" }}
      busy={busy}
      onEnd={onEnd}
      submit={(body) => run((headers) => resolveCase(it.caseId, body, headers))}
    >
      <EnumField name="resolution" label="resolution" of="CaseResolution" values={CaseResolution} required />
      <TextField name="note" label="note" rows={3} />
      <EnumField
        name="rootCause"
        label="rootCause"
        of="CaseRootCause"
        values={CaseRootCause}
        required={complaint}
      />
      {complaint && <TextField name="rootCauseNote" label="rootCauseNote" rows={2} />}
    </FormDialog>
  );
}

interface Whom {
  queueId?: string;
  assigneeId?: string;
  reason?: string;
}

function Assign({ it, onEnd }: Props) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  return (
    <FormDialog<Whom>
      title={say("assignTitle", { number: it.number })}
      ok={say("do.assign")}
      initial={{
        ...(it.queueId && { queueId: it.queueId }),
        ...(it.assigneeId && { assigneeId: it.assigneeId }),
      }}
      busy={busy}
      onEnd={onEnd}
      submit={(body) => run((headers) => assignCase(it.caseId, body, headers), body)}
    >
      <QueueField />
      <Form.Item noStyle dependencies={["queueId"]}>
        {({ getFieldValue }) => (
          <AssigneeField queueId={getFieldValue("queueId") as string | undefined} hint={say("queueFinds")} />
        )}
      </Form.Item>
      <TextField name="reason" label="reason" hint={say("reasonHint")} max={500} />
    </FormDialog>
  );
}

type Edited = Pick<Case, "subject" | "description" | "topic" | "kind" | "phase">;

function Edit({ it, onEnd }: Props) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  const { subject, description, topic, kind, phase } = it;
  return (
    <FormDialog<Edited>
      title={say("editTitle", { number: it.number })}
      ok={say("do.edit")}
      initial={{ subject, description, topic, kind, phase }}
      busy={busy}
      onEnd={onEnd}
      submit={(values) => run((headers) => updateCase(it.caseId, values, headers), values)}
    >
      <TextField name="subject" label="subject" required max={500} />
      <TextField name="description" label="description" rows={4} max={20_000} />
      <Flex gap={16} wrap>
        {kind !== "KIND_COMPLAINT" && (
          <EnumField name="kind" label="kind" of="CaseKind" values={CaseKind} required />
        )}
        <EnumField name="phase" label="phase" of="CasePhase" values={CasePhase} />
      </Flex>
      <TextField name="topic" label="topic" hint={say("topicHint")} max={200} />
    </FormDialog>
  );
}

function Split({ it, onEnd }: Props) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  return (
    <FormDialog<{ subject: string; description?: string }>
      title={say("splitTitle", { number: it.number })}
      hint={say("splitHint")}
      ok={say("do.split")}
      busy={busy}
      onEnd={onEnd}
      submit={(body) => run(async (headers) => (await splitCase(it.caseId, body, headers)).case!)}
    >
      <TextField name="subject" label="splitSubject" required max={500} />
      <TextField name="description" label="description" rows={3} max={20_000} />
    </FormDialog>
  );
}

const TITLES = {
  hold: "holdTitle",
  waitForCustomer: "waitTitle",
  reopen: "reopenTitle",
  cancel: "cancelTitle",
} as const;

function WithReason({ it, move, onEnd }: Props & { move: Move }) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  const title = TITLES[move as keyof typeof TITLES];
  const act = (reason: string): Parameters<typeof run>[0] => {
    if (move === "reopen") return (headers) => reopenCase(it.caseId, { reason }, headers);
    if (move === "cancel") return (headers) => cancelCase(it.caseId, { reason }, headers);
    if (move === "route") return (headers) => routeCase(it.caseId, { reason }, headers);
    const status = move === "hold" ? "STATUS_ON_HOLD" : "STATUS_WAITING_CUSTOMER";
    return (headers) => moveCase(it.caseId, { status, reason }, headers);
  };
  return (
    <FormDialog<{ reason?: string }>
      title={title ? say(title, { number: it.number }) : say("do.route")}
      ok={say(`do.${move}`)}
      danger={move === "cancel"}
      busy={busy}
      onEnd={onEnd}
      submit={({ reason = "" }) => run(act(reason))}
    >
      <TextField
        name="reason"
        label="reason"
        hint={say("reasonHint")}
        required={move === "reopen"}
        rows={2}
        max={500}
      />
    </FormDialog>
  );
}
