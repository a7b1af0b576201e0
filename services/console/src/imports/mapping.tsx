// How the file is read and which column fills which field, with what the first rows would be.
import type {
  ConfigureImportBody,
  FileFormatInput,
  Import,
  PreviewImportResponse,
} from "@guanxi/client/gen/guanxi";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Card, Flex, Select, Table, Typography } from "antd";
import { ifMatch, once, queries } from "../api/api.ts";
import { Loading } from "../ui/loading.tsx";
import { Problem, useComplain } from "../ui/problem.tsx";
import type { Area } from "./areas.ts";
import { useFieldName, useKinds } from "./data.ts";
import { Rows } from "./rows.tsx";
import { useImports } from "./words.ts";

interface Props {
  name: string;
  area: Area;
  data: Import;
}

const SHOWN = 10;

export function Mapping({ name, area, data }: Props) {
  const say = useImports();
  const { importId, etag } = data;
  const preview = useQuery({
    // What it says depends on how the file is read, which the etag stands for.
    queryKey: ["imports", name, importId, "preview", etag],
    queryFn: ({ signal }) => area.preview(importId, { rowCount: SHOWN }, { signal }),
    placeholderData: keepPreviousData,
  });
  if (preview.error && !preview.data)
    return <Problem error={preview.error} again={() => void preview.refetch()} />;
  if (!preview.data) return <Loading />;
  return (
    <>
      <Columns name={name} area={area} data={data} preview={preview.data} />
      <Card title={<h2 className="card-title">{say("preview", { count: preview.data.rows.length })}</h2>}>
        <Rows preview={preview.data} />
      </Card>
    </>
  );
}

function Columns({ name, area, data, preview }: Props & { preview: PreviewImportResponse }) {
  const say = useImports();
  const complain = useComplain();
  const fieldName = useFieldName();
  const { data: kinds = [] } = useKinds();
  const fields = kinds.find(({ area, kind }) => area === name && kind === data.kind)?.fields ?? [];
  // A column may fill several fields.
  const chosen = Map.groupBy(data.mapping ?? [], ({ column }) => column);
  const filled = new Set((data.mapping ?? []).map(({ field }) => field));
  const missing = fields.filter(({ required, name }) => required && !filled.has(name));
  // Kept at once, so that what is run is what is seen.
  const { mutate, isPending } = useMutation({
    mutationFn: (change: ConfigureImportBody) =>
      area.configure(data.importId, change, { ...ifMatch(data.etag), ...once() }),
    onSuccess: (after) => queries.setQueryData(["imports", name, data.importId], after),
    onError: complain,
  });
  const assign = (column: string, to: string[]) => {
    const others = (data.mapping ?? []).filter((each) => each.column !== column);
    mutate({ mapping: [...others, ...to.map((field) => ({ column, field }))] });
  };
  const options = fields.map((field) => ({
    value: field.name,
    label: field.required ? `${fieldName(field)} *` : fieldName(field),
  }));
  const mapped = preview.columns.filter((column) => (chosen.get(column) ?? []).length > 0).length;
  return (
    <Card title={<h2 className="card-title">{say("mapping")}</h2>}>
      <Flex vertical gap={12}>
        <Format format={data.format ?? {}} onChange={(format) => mutate({ format })} />
        <Typography.Text type="secondary">
          {say("mappingNote", { mapped, unmapped: preview.columns.length - mapped })}
        </Typography.Text>
        {missing.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={say("missing", { fields: missing.map((field) => fieldName(field)).join(", ") })}
          />
        )}
        <Table
          rowKey="column"
          size="small"
          pagination={false}
          scroll={{ x: 560 }}
          dataSource={preview.columns.map((column, index) => ({
            column,
            sample: preview.rows.map(({ cells }) => cells[index]).find((cell) => cell) ?? "",
          }))}
          columns={[
            { title: say("column"), dataIndex: "column" },
            { title: say("sample"), dataIndex: "sample", ellipsis: true },
            {
              title: say("field"),
              key: "field",
              width: 280,
              render: (_, { column }) => (
                <Select
                  mode="multiple"
                  allowClear
                  showSearch={{ optionFilterProp: "label" }}
                  aria-label={`${say("field")}: ${column}`}
                  style={{ width: "100%" }}
                  placeholder={say("notImported")}
                  value={(chosen.get(column) ?? []).map(({ field }) => field)}
                  options={options}
                  disabled={isPending}
                  onChange={(to) => assign(column, to)}
                />
              ),
            },
          ]}
        />
      </Flex>
    </Card>
  );
}

const ENCODINGS = ["utf-8", "gb18030", "utf-16le", "utf-16be"];

function Format({
  format,
  onChange,
}: {
  format: FileFormatInput;
  onChange: (format: FileFormatInput) => void;
}) {
  const say = useImports();
  if (format.kind === "KIND_VCARD") return null;
  const change = (part: FileFormatInput) => onChange({ ...format, ...part });
  const choices: [key: keyof FileFormatInput, label: string, options: { value: string; label: string }[]][] =
    [
      [
        "dateOrder",
        say("dateOrder"),
        (["ymd", "mdy", "dmy"] as const).map((value) => ({ value, label: say(`order.${value}`) })),
      ],
      [
        "decimal",
        say("decimal"),
        (["point", "comma"] as const).map((value) => ({ value, label: say(`decimal.${value}`) })),
      ],
    ];
  if (format.kind === "KIND_CSV")
    choices.unshift(
      ["encoding", say("encoding"), ENCODINGS.map((value) => ({ value, label: value.toUpperCase() }))],
      [
        "delimiter",
        say("delimiter"),
        [
          { value: ",", label: say("delimiter.,") },
          { value: ";", label: say("delimiter.;") },
          { value: "\t", label: say("delimiter.tab") },
          { value: "|", label: say("delimiter.|") },
        ],
      ],
    );
  return (
    <Flex gap={16} wrap>
      {choices.map(([key, label, options]) => (
        <Flex vertical gap={4} key={key}>
          <Typography.Text type="secondary">{label}</Typography.Text>
          <Select
            aria-label={label}
            style={{ minWidth: 150 }}
            allowClear
            value={format[key] || undefined}
            options={options}
            onChange={(value?: string) => change({ [key]: value ?? "" })}
          />
        </Flex>
      ))}
    </Flex>
  );
}
