// Rows of a file, with what becomes of each.
import { CheckCircleOutlined, CloseCircleOutlined, WarningOutlined } from "@ant-design/icons";
import type { ImportFault, PreviewImportResponse } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Flex, Table, Typography } from "antd";
import { useCustomerNames } from "../api/customers.ts";
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
  const { column, message, recordId } = fault;
  if (recordId) return <Similar customerId={recordId} why={message} />;
  return (
    <Typography.Text type="danger">
      <CloseCircleOutlined /> {column} {message}
    </Typography.Text>
  );
}

/** Only among customers is looked for what a row is like. */
function Similar({ customerId, why }: { customerId: string; why: string }) {
  const say = useImports();
  const names = useCustomerNames([customerId]);
  return (
    <Typography.Text type="warning" title={why}>
      <WarningOutlined /> {say("isLike")}{" "}
      <Link to="/customers/$customerId" params={{ customerId }}>
        {names.get(customerId) ?? "…"}
      </Link>
    </Typography.Text>
  );
}
