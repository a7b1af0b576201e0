import { Table } from "antd";
import { type Column, isNumber, type Sheet, useShow } from "./sheet.ts";
import { useFigures } from "./words.ts";

const MOST_ROWS = 200;

/** The figure in rows; a row with something behind it can be opened by click or Enter. */
export function SheetTable({
  sheet,
  label,
  onPick,
}: {
  sheet: Sheet;
  label: string;
  onPick?: (row: number) => void;
}) {
  const show = useShow();
  const say = useFigures();
  const rows = sheet.rows.slice(0, MOST_ROWS).map((cells, place) => ({ cells, place }));
  return (
    <Table
      size="small"
      aria-label={label}
      pagination={false}
      rowKey="place"
      scroll={{ x: "max-content" }}
      dataSource={rows}
      footer={sheet.rows.length > MOST_ROWS ? () => say("longest", { count: MOST_ROWS }) : undefined}
      columns={sheet.columns.map(({ key, title, kind }: Column, x) => ({
        key,
        title,
        align: isNumber(kind) ? ("right" as const) : ("left" as const),
        render: (_: unknown, { cells, place }: (typeof rows)[number]) => {
          const text = show(cells[x], kind, sheet.currency);
          if (x > 0 || !onPick) return text;
          return (
            <button type="button" className="figure-link" onClick={() => onPick(place)}>
              {text}
            </button>
          );
        },
      }))}
    />
  );
}
