// What an event says, as JSON, with what it changed marked.
import { Flex, theme, Typography } from "antd";
import type { ToldEvent } from "./told.ts";
import { useWords } from "./words.ts";

export function Payload({ event: { state, previous, changedFields, facts } }: { event: ToldEvent }) {
  const say = useWords();
  const parts = [
    { key: "state", part: state, marked: changedFields },
    { key: "previous", part: previous, marked: [] },
    { key: "facts", part: facts, marked: [] },
  ] as const;
  return (
    <Flex vertical gap={12}>
      {!state && <Typography.Text type="secondary">{say("gone")}</Typography.Text>}
      {parts
        .filter(({ part }) => part && Object.keys(part).length > 0)
        .map(({ key, part, marked }) => (
          <div key={key}>
            <Typography.Text strong>{say(key)}</Typography.Text>
            <Json part={part!} marked={marked} />
          </div>
        ))}
    </Flex>
  );
}

interface JsonProps {
  part: Record<string, unknown>;
  marked: readonly string[];
}

function Json({ part, marked }: JsonProps) {
  const say = useWords();
  const { token } = theme.useToken();
  return (
    <pre
      tabIndex={0}
      style={{
        margin: "4px 0 0",
        padding: 8,
        maxHeight: 360,
        overflow: "auto",
        fontSize: 12,
        borderRadius: token.borderRadius,
        background: token.colorFillQuaternary,
        color: token.colorText,
      }}
    >
      {Object.entries(part).map(([name, value]) => {
        const line = `${name}: ${JSON.stringify(value, undefined, 2)}\n`;
        if (!marked.includes(name)) return line;
        return (
          <mark
            key={name}
            title={say("changedMark")}
            style={{ display: "block", background: token.colorWarningBg, color: token.colorText }}
          >
            {line}
          </mark>
        );
      })}
    </pre>
  );
}
