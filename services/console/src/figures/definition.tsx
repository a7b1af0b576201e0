// What a figure means: its formula, what its service says of it word for word, and where it comes from.
import { InfoCircleOutlined } from "@ant-design/icons";
import { Button, Flex, Popover, Typography } from "antd";
import { useFormat } from "../text/format.ts";
import { useUi } from "../ui/words.ts";
import { type FigureName, useDefinitions, useNames } from "./figure-words.ts";
import { useFigures } from "./words.ts";

export interface Origin {
  /** As in GET /v1/salesFigures. */
  source: string;
  /** What the service itself says. */
  definition?: string;
  asOf?: string;
}

export function Definition({ figure, origin }: { figure: FigureName; origin: Origin }) {
  const ui = useUi();
  const name = useNames()(figure);
  return (
    <Popover
      trigger={["click"]}
      placement="bottomLeft"
      title={name}
      content={<Explained figure={figure} origin={origin} />}
      styles={{ root: { maxWidth: "min(420px, 92vw)" } }}
    >
      <Button
        type="text"
        size="small"
        aria-label={`${ui("definition")}: ${name}`}
        icon={<InfoCircleOutlined />}
        style={{ flex: "none" }}
      />
    </Popover>
  );
}

function Explained({ figure, origin: { source, definition, asOf } }: { figure: FigureName; origin: Origin }) {
  const say = useFigures();
  const formula = useDefinitions()(figure);
  const format = useFormat();
  return (
    <Flex vertical gap={8}>
      <Part title={say("formula")}>{formula}</Part>
      {definition && (
        <Part title={say("exactly")}>
          <span lang="en">{definition}</span>
        </Part>
      )}
      <Part title={say("source")}>
        <Typography.Text code>{source}</Typography.Text>
        {asOf && <div>{say("sourceAt", { time: format.time(asOf) })}</div>}
      </Part>
    </Flex>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div>
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {title}
      </Typography.Text>
      <div>{children}</div>
    </div>
  );
}
