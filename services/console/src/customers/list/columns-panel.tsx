import { DownOutlined, PushpinFilled, PushpinOutlined, SettingOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Checkbox, Flex, Popover, Typography } from "antd";
import type { Column } from "./columns.tsx";
import { type Layout, neighbour, withMoved, withPin, withShown } from "./layout.ts";
import { useListWords } from "./words.ts";

interface Props {
  columns: readonly Column[];
  layout: Layout;
  onLayout: (layout: Layout) => void;
  onReset: () => void;
}

export function ColumnsPanel(props: Props) {
  const say = useListWords();
  return (
    <Popover trigger="click" placement="bottomRight" content={<Choices {...props} />}>
      <Button icon={<SettingOutlined />} aria-label={say("columns")} title={say("columns")} />
    </Popover>
  );
}

function Choices({ columns, layout, onLayout, onReset }: Props) {
  const say = useListWords();
  const known = new Map(columns.map((column) => [column.key, column]));
  const hidden = columns.filter(({ key }) => !layout.keys.includes(key));
  const line = (column: Column) => (
    <ColumnLine key={column.key} column={column} layout={layout} onLayout={onLayout} />
  );
  return (
    <Flex vertical gap={8} style={{ width: 300, maxWidth: "80vw" }}>
      <Typography.Text type="secondary">{say("columnsHint")}</Typography.Text>
      <div style={{ maxHeight: "50vh", overflowY: "auto" }}>
        {layout.keys.flatMap((key) => known.get(key) ?? []).map(line)}
        {hidden.map(line)}
      </div>
      <Button size="small" onClick={onReset}>
        {say("columnsReset")}
      </Button>
    </Flex>
  );
}

function ColumnLine({ column, layout, onLayout }: { column: Column } & Pick<Props, "layout" | "onLayout">) {
  const say = useListWords();
  const { key, title } = column;
  const isShown = layout.keys.includes(key);
  const isPinned = layout.pinned.includes(key);
  const move = (step: 1 | -1) => {
    const to = neighbour(layout, key, step);
    return { disabled: to === undefined, onClick: () => to && onLayout(withMoved(layout, key, to)) };
  };
  return (
    <Flex align="center" justify="space-between" gap={4} style={{ height: 32 }}>
      <Checkbox
        checked={isShown}
        disabled={key === "name"}
        onChange={({ target }) => onLayout(withShown(layout, key, target.checked))}
      >
        {title}
      </Checkbox>
      {isShown && (
        <Flex>
          <Button
            type="text"
            size="small"
            icon={<UpOutlined />}
            aria-label={`${title} ${say("moveUp")}`}
            {...move(-1)}
          />
          <Button
            type="text"
            size="small"
            icon={<DownOutlined />}
            aria-label={`${title} ${say("moveDown")}`}
            {...move(1)}
          />
          <Button
            type="text"
            size="small"
            icon={isPinned ? <PushpinFilled /> : <PushpinOutlined />}
            aria-label={`${title} ${say(isPinned ? "unpin" : "pin")}`}
            aria-pressed={isPinned}
            disabled={key === "name"}
            onClick={() => onLayout(withPin(layout, key, !isPinned))}
          />
        </Flex>
      )}
    </Flex>
  );
}
