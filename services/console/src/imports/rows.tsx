// Rows of a file, with what becomes of each.
import { CheckCircleOutlined, CloseCircleOutlined, WarningOutlined } from "@ant-design/icons";
import type { ImportFault, PreviewImportResponse } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Flex, Table, Typography } from "antd";
import { useCustomerNames } from "../api/customers.ts";
import { useCreateWords } from "../customers/create/words.ts";
import { useImports } from "./words.ts";

export function Rows({ preview: { rows, columns } }: { preview: PreviewImportResponse }) {
  const say = useImports();
  return (
    <Table
      rowKey="row"
      size="small"
      pagination={false}
      scroll={{ x: "max-content" }}
      dataSource={rows}
      columns={[
        { title: say("line"), dataIndex: "row", fixed: "left", align: "right" },
        {
          title: say("result"),
          key: "faults",
          fixed: "left",
          width: 240,
          render: (_, { faults }) =>
            faults.length === 0 ? (
              <Typography.Text type="success">
                <CheckCircleOutlined /> {say("ok")}
              </Typography.Text>
            ) : (
              <Flex vertical style={{ maxWidth: 320 }}>
                {faults.map((fault) => (
                  <Fault key={`${fault.column} ${fault.reason}`} fault={fault} />
                ))}
              </Flex>
            ),
        },
        ...columns.map((column, index) => ({
          title: column,
          key: `${index} ${column}`,
          render: (_: unknown, { cells }: PreviewImportResponse["rows"][number]) => (
            <Typography.Text ellipsis={{ tooltip: cells[index] }} style={{ maxWidth: 220 }}>
              {cells[index]}
            </Typography.Text>
          ),
        })),
      ]}
    />
  );
}

function Fault({ fault }: { fault: ImportFault }) {
  const { column, reason, message } = fault;
  if (reason === "POSSIBLE_DUPLICATE") return <Similar fault={fault} />;
  return (
    <Typography.Text type="danger">
      <CloseCircleOutlined /> {column} {message}
    </Typography.Text>
  );
}

/** Only among customers is looked for what a row is like; to whom, not everybody is told. */
function Similar({ fault: { recordId, matchedFields } }: { fault: ImportFault }) {
  const say = useImports();
  const match = useCreateWords();
  const names = useCustomerNames([recordId]);
  const why = matchedFields.map((field) => match(`match.${field}` as "match.name"));
  return (
    <Flex vertical>
      <Typography.Text type="warning">
        <WarningOutlined /> {say("isLike")}
      </Typography.Text>
      {recordId && (
        <Link to="/customers/$customerId" params={{ customerId: recordId }}>
          {names.get(recordId) ?? recordId}
        </Link>
      )}
      <Typography.Text type="secondary">{why.join(" · ")}</Typography.Text>
    </Flex>
  );
}
