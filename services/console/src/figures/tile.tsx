// One number, with what it is of, and how it stands to the period before.
import { ArrowDownOutlined, ArrowUpOutlined } from "@ant-design/icons";
import { Card, Flex, Tooltip, Typography } from "antd";
import type { ReactNode } from "react";
import { changeOf } from "./change.ts";
import { Definition, type Origin } from "./definition.tsx";
import { type FigureName, useNames } from "./figure-words.ts";
import { type Kind, useShow } from "./sheet.ts";
import { useFigures } from "./words.ts";

export interface TileProps {
  figure: FigureName;
  origin: Origin;
  kind: Kind;
  /** Absent where the denominator is 0. */
  value: number | undefined;
  currency?: string;
  /** The denominator in words. */
  of?: ReactNode;
  /** The same figure of the period before; absent where nothing is compared. */
  before?: { value: number | undefined };
  /** Fewer facts than this show no number. */
  few?: { n: number; least: number };
  onRows?: () => void;
}

export function Tile({ figure, origin, kind, value, currency, of, before, few, onRows }: TileProps) {
  const name = useNames()(figure);
  const tooFew = few && few.n > 0 && few.n < few.least ? few : undefined;
  const known = tooFew ? undefined : value;
  return (
    <Card size="small" styles={{ body: { padding: "10px 12px" } }}>
      <Flex justify="space-between" align="center" gap={4}>
        <Typography.Text type="secondary" ellipsis={{ tooltip: name }}>
          {name}
        </Typography.Text>
        <Definition figure={figure} origin={origin} />
      </Flex>
      {known === undefined ? (
        <NoNumber tooFew={tooFew} />
      ) : (
        <Value name={name} kind={kind} value={known} currency={currency} onRows={onRows} />
      )}
      <Flex vertical style={{ fontSize: 12, minHeight: 20 }}>
        {of && <Typography.Text type="secondary">{of}</Typography.Text>}
        {known !== undefined && before && (
          <ChangeText kind={kind} value={known} before={before.value} currency={currency} />
        )}
      </Flex>
    </Card>
  );
}

interface NumberProps {
  name: string;
  kind: Kind;
  value: number;
  currency?: string;
  onRows?: () => void;
}

function Value({ name, kind, value, currency, onRows }: NumberProps) {
  const show = useShow();
  const say = useFigures();
  const text = show(value, kind, currency);
  if (!onRows) return <div className="figure-number">{text}</div>;
  return (
    <button
      type="button"
      className="figure-link figure-number"
      aria-label={`${say("rowsOf", { name })}: ${text}`}
      onClick={onRows}
    >
      {text}
    </button>
  );
}

function NoNumber({ tooFew }: { tooFew: { n: number; least: number } | undefined }) {
  const say = useFigures();
  const words = (
    <Typography.Text type="secondary" style={{ lineHeight: "32px" }}>
      {say(tooFew ? "tooFew" : "noData")}
    </Typography.Text>
  );
  return <div>{tooFew ? <Tooltip title={say("tooFewHint", tooFew)}>{words}</Tooltip> : words}</div>;
}

interface ChangeProps {
  kind: Kind;
  value: number;
  before: number | undefined;
  currency?: string;
}

function ChangeText({ kind, value, before, currency }: ChangeProps) {
  const show = useShow();
  const say = useFigures();
  const { word, by, kind: of } = changeOf(kind, value, before);
  if (by === undefined || !of) return <Typography.Text type="secondary">{say(word)}</Typography.Text>;
  return (
    <Tooltip title={`${say("before")}: ${show(before, kind, currency)}`}>
      <Typography.Text type="secondary">
        {word.startsWith("rise") ? <ArrowUpOutlined /> : <ArrowDownOutlined />}{" "}
        {say(word, { by: show(by, of) })}
      </Typography.Text>
    </Tooltip>
  );
}
