// Which keys there are.
import { Descriptions, Modal, Typography } from "antd";
import { usePlaces } from "./places.tsx";
import { useShell } from "./words.ts";

type Rows = [keys: string[], what: string][];

export function Help({ onEnd }: { onEnd: () => void }) {
  const say = useShell();
  const places = usePlaces();
  const parts: [title: string, rows: Rows][] = [
    [
      say("keys.everywhere"),
      [
        [["Ctrl", "K"], say("search")],
        [["?"], say("shortcuts")],
        [["j", "k"], say("keys.move")],
        [["Enter"], say("keys.open")],
        [["Ctrl", "Enter"], say("keys.send")],
        [["Esc"], say("keys.leave")],
        ...places.map(({ letter, key }): Rows[number] => [["g", letter], say(key)]),
      ],
    ],
    [
      say("customers"),
      [
        [["/"], say("keys.filter")],
        [["x"], say("keys.select")],
        [["c"], say("keys.create")],
      ],
    ],
    [
      say("keys.customer"),
      [
        [["e"], say("keys.edit")],
        [["l"], say("keys.log")],
        [["t"], say("keys.task")],
      ],
    ],
    [
      say("inbox"),
      [
        [["a"], say("keys.take")],
        [["r"], say("keys.reply")],
        [["e"], say("keys.end")],
      ],
    ],
  ];
  return (
    <Modal open title={say("shortcuts")} footer={null} onCancel={onEnd} width={640}>
      {parts.map(([title, rows]) => (
        <Descriptions
          key={title}
          title={title}
          column={{ xs: 1, sm: 2 }}
          size="small"
          colon={false}
          style={{ marginBottom: 8 }}
          items={rows.map(([keys, what]) => ({
            key: keys.join(" "),
            label: keys.map((key) => (
              <Typography.Text keyboard key={key}>
                {key}
              </Typography.Text>
            )),
            children: what,
          }))}
        />
      ))}
    </Modal>
  );
}
