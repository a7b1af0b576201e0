// What can be done with a case now: the next step as a button, all else behind it.
import { MoreOutlined } from "@ant-design/icons";
import {
  assignCase,
  type Case,
  closeCase,
  moveCase,
  recordCustomerReply,
  recordReply,
  takeUpCase,
} from "@guanxi/client/gen/guanxi";
import { Button, Dropdown, Flex } from "antd";
import { useState } from "react";
import { useMay, useMe } from "../../api/session.ts";
import { useShortcuts } from "../../ui/shortcuts.ts";
import { isOpen, type Move, movesOf } from "../course.ts";
import { useWords } from "../words.ts";
import { type Act, type Command, useCommand } from "./command.tsx";
import { MoveDialog } from "./dialogs.tsx";

const RIGHTS: Partial<Record<Move, string>> = {
  resolve: "resolve",
  close: "close",
  cancel: "cancel",
  assign: "assign",
  route: "assign",
  merge: "merge",
  split: "create",
};

export function Actions({ it }: { it: Case }) {
  const say = useWords();
  const may = useMay();
  const { user } = useMe();
  const command = useCommand(it);
  const [asking, setAsking] = useState<Move>();
  const moves = movesOf(it).filter((move) => may("case", RIGHTS[move] ?? "update"));
  const [next, ...others] = moves;
  const mine = it.assigneeId === user.userId;
  const takeable = isOpen(it) && !mine && may("case", "assign");
  const assignToMe = () =>
    void command.run((headers) => assignCase(it.caseId, { assigneeId: user.userId }, headers), {
      assigneeId: user.userId,
    });
  const start = (move: Move) => {
    const act = atOnce(it, move);
    if (act) void command.run(act);
    else setAsking(move);
  };
  const ending = moves.find((move) => move === "resolve" || move === "acknowledge");
  useShortcuts({ ...(takeable && { a: assignToMe }), ...(ending && { e: () => setAsking(ending) }) });
  return (
    <Flex gap={8} wrap>
      {next && (
        <Button type="primary" loading={command.busy} onClick={() => start(next)}>
          {say(`do.${next}`)}
        </Button>
      )}
      {takeable && <Button onClick={assignToMe}>{say("do.assignToMe")}</Button>}
      {others.slice(0, 1).map((move) => (
        <Button key={move} onClick={() => start(move)}>
          {say(`do.${move}`)}
        </Button>
      ))}
      <More it={it} moves={others.slice(1)} start={start} command={command} />
      {asking && <MoveDialog it={it} move={asking} onEnd={() => setAsking(undefined)} />}
    </Flex>
  );
}

/** What asks nothing. */
function atOnce({ caseId }: Case, move: Move): Act | undefined {
  if (move === "takeUp") return (headers) => takeUpCase(caseId, {}, headers);
  if (move === "close") return (headers) => closeCase(caseId, {}, headers);
  if (move === "goOn") return (headers) => moveCase(caseId, { status: "STATUS_IN_PROGRESS" }, headers);
  return undefined;
}

interface MoreProps {
  it: Case;
  moves: Move[];
  start: (move: Move) => void;
  command: Command;
}

function More({ it, moves, start, command }: MoreProps) {
  const say = useWords();
  const may = useMay();
  const marks = isOpen(it) && may("case", "update") ? (["recordReply", "recordCustomerReply"] as const) : [];
  const mark = (key: (typeof marks)[number]) =>
    void command.run((headers) =>
      (key === "recordReply" ? recordReply : recordCustomerReply)(it.caseId, {}, headers),
    );
  const items = [
    ...moves.map((key) => ({
      key,
      label: say(`do.${key}`),
      danger: key === "cancel",
      onClick: () => start(key),
    })),
    ...marks.map((key) => ({ key, label: say(`do.${key}`), onClick: () => mark(key) })),
  ];
  if (items.length === 0) return null;
  return (
    <Dropdown trigger={["click"]} menu={{ items }}>
      <Button icon={<MoreOutlined />} aria-label={say("moreActions")} title={say("moreActions")} />
    </Dropdown>
  );
}
