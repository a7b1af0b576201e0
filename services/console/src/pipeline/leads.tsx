import { PlusOutlined } from "@ant-design/icons";
import { listLeads } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Flex, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useMay } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { useLeadsAddress } from "./address.ts";
import { useMoment, useUsers } from "./data.ts";
import { leadFilter } from "./filter.ts";
import { useLater } from "../ui/later.ts";
import { LeadDrawer } from "./lead-drawer.tsx";
import { LeadTable } from "./lead-table.tsx";
import { useLeadWords } from "./lead-words.ts";
import { NewLead } from "./new-lead.tsx";
import { LEAD_STATUSES, type LeadStatusName } from "./search.ts";
import "./pipeline.css";

export function Leads() {
  const say = useLeadWords();
  const may = useMay();
  const [search, change] = useLeadsAddress();
  const [creating, setCreating] = useState(false);
  return (
    <Page
      title={say("leads")}
      note={say("note")}
      actions={
        may("lead", "create") && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
            {say("create")}
          </Button>
        )
      }
    >
      <LeadFilters />
      <LeadList />
      {creating && <NewLead onClose={() => setCreating(false)} />}
      <LeadDrawer leadId={search.lead} onClose={() => change({ lead: undefined })} />
    </Page>
  );
}

function LeadList() {
  const say = useLeadWords();
  const ui = useUi();
  const [search] = useLeadsAddress();
  const filter = leadFilter(search, useMoment());
  const leads = useInfiniteQuery({
    queryKey: ["leads", "list", filter],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) =>
      listLeads({ filter, orderBy: "create_time desc", pageSize: 50, pageToken: pageParam }, { signal }),
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
  });
  const rows = leads.data?.pages.flatMap((page) => page.leads) ?? [];
  if (leads.isPending) return <Loading />;
  if (leads.error && rows.length === 0)
    return <Problem error={leads.error} again={() => void leads.refetch()} />;
  if (rows.length === 0)
    return filter ? (
      <Nothing title={say("nothingFound")} hint={say("nothingFoundHint")} />
    ) : (
      <Nothing title={say("nothing")} hint={say("nothingHint")} />
    );
  return (
    <Flex vertical gap={12} align="center">
      <LeadTable leads={rows} />
      {leads.hasNextPage && (
        <Button loading={leads.isFetchingNextPage} onClick={() => void leads.fetchNextPage()}>
          {ui("more")}
        </Button>
      )}
    </Flex>
  );
}

function LeadFilters() {
  const say = useLeadWords();
  const label = useLabel();
  const users = useUsers();
  const [search, change] = useLeadsAddress();
  return (
    <Flex gap={8} wrap align="center">
      <TextFilter />
      <Select<LeadStatusName | "">
        aria-label={say("status")}
        value={search.status ?? ""}
        onChange={(status) => change({ status: status || undefined })}
        options={[
          { value: "", label: say("allStatuses") },
          ...LEAD_STATUSES.map((value) => ({ value, label: label("LeadStatus", `STATUS_${value}`) })),
        ]}
        style={{ minWidth: 130 }}
      />
      <Select
        aria-label={say("owner")}
        value={search.owner ?? ""}
        onChange={(owner) => change({ owner: owner || undefined })}
        showSearch={{ optionFilterProp: "label" }}
        options={[
          { value: "", label: say("everybody") },
          { value: "me", label: say("mine") },
          { value: "nobody", label: say("nobody") },
          ...users.map(({ userId, displayName }) => ({ value: userId, label: displayName })),
        ]}
        style={{ minWidth: 140 }}
      />
      {(search.status || search.owner || search.text) && (
        <Button type="link" onClick={() => change({ status: undefined, owner: undefined, text: undefined })}>
          {say("clear")}
        </Button>
      )}
    </Flex>
  );
}

function TextFilter() {
  const say = useLeadWords();
  const [{ text = "" }, change] = useLeadsAddress();
  const [typed, setTyped] = useState(text);
  const settled = useLater(typed.trim());
  useEffect(() => {
    if (settled !== text) change({ text: settled || undefined });
    // Only what was typed goes into the address; what comes from there is below.
  }, [settled]);
  useEffect(() => {
    if (text !== typed.trim()) setTyped(text);
  }, [text]);
  return (
    <Input.Search
      aria-label={say("search")}
      placeholder={say("search")}
      allowClear
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      style={{ width: 240, maxWidth: "100%" }}
    />
  );
}
