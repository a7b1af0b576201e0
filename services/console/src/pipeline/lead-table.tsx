import type { Lead } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Table, type TableColumnsType, Tag, Tooltip } from "antd";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { useUserName } from "./data.ts";
import { nameOfLead } from "./lead-moves.ts";
import { useLeadWords } from "./lead-words.ts";
import "./vocabulary.ts";

export function LeadTable({ leads }: { leads: readonly Lead[] }) {
  const say = useLeadWords();
  const label = useLabel();
  const userName = useUserName();
  const columns: TableColumnsType<Lead> = [
    {
      key: "who",
      title: say("who"),
      width: 240,
      ellipsis: true,
      render: (_, lead) => (
        <Link
          from="/leads"
          to="/leads"
          search={(before) => ({ ...before, lead: lead.leadId })}
          replace
          title={nameOfLead(lead)}
        >
          {nameOfLead(lead)}
        </Link>
      ),
    },
    {
      key: "status",
      title: say("status"),
      width: 110,
      render: (_, lead) => <LeadTag status={lead.status} />,
    },
    {
      key: "answered",
      title: <Tooltip title={say("answeredHint")}>{say("answered")}</Tooltip>,
      width: 80,
      align: "right",
      render: (_, { qualification }) => say("answeredOf", { count: qualification?.answered ?? 0 }),
    },
    { key: "phone", title: say("phone"), width: 150, ellipsis: true, render: (_, { phone }) => phone },
    { key: "city", title: say("city"), width: 90, ellipsis: true, render: (_, { city }) => city },
    {
      key: "source",
      title: say("source"),
      width: 110,
      ellipsis: true,
      render: (_, { source }) => label("SourceChannel", source?.channel),
    },
    {
      key: "owner",
      title: say("owner"),
      width: 90,
      ellipsis: true,
      render: (_, { ownerId }) =>
        ownerId ? userName(ownerId) : <span className="deal-faint">{say("nobody")}</span>,
    },
    { key: "age", title: say("age"), width: 130, render: (_, { createTime }) => <Age time={createTime} /> },
  ];
  return (
    <Table<Lead>
      style={{ width: "100%" }}
      size="small"
      rowKey="leadId"
      dataSource={leads}
      columns={columns}
      pagination={false}
      scroll={{ x: 1000 }}
    />
  );
}

/** Colour only for what is done. */
export function LeadTag({ status }: { status: Lead["status"] }) {
  const label = useLabel();
  const done = status === "STATUS_QUALIFIED" || status === "STATUS_CONVERTED";
  return (
    <Tag variant="filled" color={done ? "success" : "default"}>
      {label("LeadStatus", status)}
    </Tag>
  );
}
