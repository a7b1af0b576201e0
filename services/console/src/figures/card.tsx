// One figure: what it is, what it means, as a chart or a table, as a picture or a file.
import { BarChartOutlined, DownloadOutlined, PictureOutlined, TableOutlined } from "@ant-design/icons";
import { Button, Card, Flex, Tooltip, Typography } from "antd";
import type { EChartsCoreOption } from "echarts/core";
import { type PropsWithChildren, type ReactNode, useRef, useState } from "react";
import { Chart, type ChartHandle } from "../ui/chart.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { saveCsv, savePicture } from "../ui/save.ts";
import { useUi } from "../ui/words.ts";
import { Definition, type Origin } from "./definition.tsx";
import { type FigureName, useNames } from "./figure-words.ts";
import { linesOf, type Sheet } from "./sheet.ts";
import { SheetTable } from "./sheet-table.tsx";
import { useFigures } from "./words.ts";

interface Props {
  figure: FigureName;
  origin: Origin;
  /** What the figure is of, as its number of facts. */
  note?: ReactNode;
  /** Chooses what is shown. */
  choice?: ReactNode;
  /** Absent as long as nothing is known. */
  sheet?: Sheet;
  chart?: EChartsCoreOption;
  height?: number;
  /** The rows behind a bar, a point or a row of the table, by its place in the sheet. */
  onPick?: (row: number) => void;
  /** The place in the sheet of what was clicked on; the same as in the chart unless said. */
  placeOf?: (picked: { dataIndex: number; seriesName: string }) => number | undefined;
  /** Shown instead of a chart or a table of the sheet. */
  body?: ReactNode;
  /** Shown instead, where there is nothing to show. */
  empty?: ReactNode;
  wide?: boolean;
  error?: unknown;
  again?: () => void;
}

export function FigureCard(props: PropsWithChildren<Props>) {
  const { figure, origin, sheet, chart, empty, wide, children } = props;
  const name = useNames()(figure);
  const [asTable, setAsTable] = useState(false);
  const picture = useRef<ChartHandle>(null);
  const drawn = chart && !asTable;
  return (
    <Card
      size="small"
      className={wide ? "figure-wide" : undefined}
      title={
        <Flex align="center" gap={2}>
          <Typography.Title level={2} ellipsis style={{ fontSize: 15, margin: 0 }}>
            {name}
          </Typography.Title>
          <Definition figure={figure} origin={origin} />
        </Flex>
      }
      extra={
        sheet &&
        !empty && (
          <Actions
            name={name}
            sheet={sheet}
            asTable={asTable}
            setAsTable={chart ? setAsTable : undefined}
            picture={drawn ? () => picture.current?.picture() ?? "" : undefined}
          />
        )
      }
    >
      <Flex vertical gap={12}>
        <Head {...props} />
        <Shown {...props} name={name} asTable={asTable} picture={picture} />
        {children}
      </Flex>
    </Card>
  );
}

/** What is not known yet has no number of facts either. */
function Head({ choice, note, sheet }: Props) {
  if (!choice && !(note && sheet)) return null;
  return (
    <Flex justify="space-between" align="center" gap={8} wrap>
      {choice}
      {sheet && note && <Typography.Text type="secondary">{note}</Typography.Text>}
    </Flex>
  );
}

interface ShownProps extends Props {
  name: string;
  asTable: boolean;
  picture: React.RefObject<ChartHandle | null>;
}

function Shown(props: ShownProps) {
  const {
    error,
    again,
    empty,
    body,
    sheet,
    chart,
    asTable,
    name,
    height = 300,
    onPick,
    placeOf,
    picture,
  } = props;
  const say = useFigures();
  if (error) return <Problem error={error} again={again} />;
  if (empty) return empty;
  if (body) return body;
  if (!sheet) return <Loading rows={5} />;
  if (!chart || asTable) return <SheetTable sheet={sheet} label={name} onPick={onPick} />;
  return (
    <Chart
      ref={picture}
      option={chart}
      height={height}
      label={say("chart", { name, count: sheet.rows.length })}
      onPick={(picked) => {
        const place = placeOf ? placeOf(picked) : picked.dataIndex;
        if (place !== undefined) onPick?.(place);
      }}
    />
  );
}

interface ActionsProps {
  name: string;
  sheet: Sheet;
  asTable: boolean;
  setAsTable?: (asTable: boolean) => void;
  picture?: () => string;
}

function Actions({ name, sheet, asTable, setAsTable, picture }: ActionsProps) {
  const ui = useUi();
  const say = useFigures();
  const other = say(asTable ? "asChart" : "asTable");
  return (
    <Flex gap={0}>
      {setAsTable && (
        <IconButton
          title={`${other}: ${name}`}
          icon={asTable ? <BarChartOutlined /> : <TableOutlined />}
          onClick={() => setAsTable(!asTable)}
        />
      )}
      {picture && (
        <IconButton
          title={`${ui("png")}: ${name}`}
          icon={<PictureOutlined />}
          onClick={() => savePicture(name, picture())}
        />
      )}
      <IconButton
        title={`${ui("csv")}: ${name}`}
        icon={<DownloadOutlined />}
        onClick={() => saveCsv(name, linesOf(sheet))}
      />
    </Flex>
  );
}

function IconButton({ title, icon, onClick }: { title: string; icon: ReactNode; onClick: () => void }) {
  return (
    <Tooltip title={title}>
      <Button type="text" size="small" aria-label={title} icon={icon} onClick={onClick} />
    </Tooltip>
  );
}
