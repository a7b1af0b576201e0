// The cases of a view, what runs out first at the top. j and k go from one to the next, Enter opens.
import type { Case } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import { useRef } from "react";
import { useMe } from "../../api/session.ts";
import { useLabel } from "../../text/texts.ts";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useShortcuts } from "../../ui/shortcuts.ts";
import { useAddress } from "../address.ts";
import { useCustomerName } from "../customer/customer-name.tsx";
import { casesQuery, useNames, useQueues } from "../data.ts";
import { sectionsOf } from "../views.ts";
import { useWords } from "../words.ts";
import { CaseClock } from "./clock.tsx";
import { ListHead } from "./list-head.tsx";
import { More } from "./more.tsx";
import { step } from "./step.ts";

export function CaseList() {
  const say = useWords();
  const rows = useRef<HTMLDivElement>(null);
  const sections = useSections();
  const queries = sections.map(({ query }) => query);
  const failed = queries.find(({ isError }) => isError);
  const empty = queries.every(({ data }) => data?.pages[0]?.cases.length === 0);
  useShortcuts({ j: () => step(rows.current, 1), k: () => step(rows.current, -1) });
  return (
    <section className="inbox-list" aria-label={say("list")}>
      <ListHead />
      {failed && (
        <Problem error={failed.error} again={() => queries.forEach(({ refetch }) => void refetch())} />
      )}
      {queries.every(({ isPending }) => isPending) && (
        <div style={{ padding: 16 }}>
          <Loading />
        </div>
      )}
      {empty && <NoCases />}
      <div className="inbox-rows" ref={rows}>
        {sections.map(({ name, query }) => (
          <Rows key={name} query={query} title={name === "late" ? say("lateFirst") : ""} />
        ))}
      </div>
    </section>
  );
}

function useSections() {
  const { search, view } = useAddress();
  const { user } = useMe();
  const { data: queues } = useQueues();
  const queueIds = (queues ?? [])
    .filter(({ members }) => members.some(({ userId }) => userId === user.userId))
    .map(({ queueId }) => queueId);
  const { words, kind } = search;
  const [first, second] = sectionsOf({ view, words, kind }, { userId: user.userId, queueIds });
  const enabled = view !== "queues" || queues !== undefined;
  const a = useInfiniteQuery({ ...casesQuery(first!), enabled });
  const b = useInfiniteQuery({ ...casesQuery(second ?? first!), enabled: enabled && second !== undefined });
  return [{ name: first!.name, query: a }, ...(second ? [{ name: second.name, query: b }] : [])];
}

function Rows({ query, title }: { query: ReturnType<typeof useSections>[number]["query"]; title: string }) {
  const { search, view } = useAddress();
  const cases = query.data?.pages.flatMap(({ cases }) => cases) ?? [];
  if (cases.length === 0) return null;
  return (
    <>
      {title && (
        <Typography.Text type="danger" className="inbox-section">
          {title}
        </Typography.Text>
      )}
      <ul>
        {cases.map((it) => (
          <li key={it.caseId}>
            <Row it={it} open={it.caseId === search.case} showAssignee={view !== "mine"} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <More busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} />
      )}
    </>
  );
}

function NoCases() {
  const say = useWords();
  const { search } = useAddress();
  return (
    <div style={{ padding: 24 }}>
      <Nothing
        title={say("emptyTitle")}
        hint={say(search.words || search.kind ? "emptySearchHint" : "emptyHint")}
      />
    </div>
  );
}

function Row({ it, open, showAssignee }: { it: Case; open: boolean; showAssignee: boolean }) {
  const say = useWords();
  const label = useLabel();
  const nameOf = useNames();
  const customer = useCustomerName(it.customerId);
  const assignee = it.assigneeId ? nameOf(it.assigneeId) : say("nobody");
  const who = showAssignee ? assignee : "";
  return (
    <Link
      from="/inbox"
      to="/inbox"
      search={(before) => ({ ...before, case: it.caseId })}
      className="inbox-row"
      aria-current={open || undefined}
      data-case={it.caseId}
    >
      <span className="inbox-line">
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          #{it.number} {label("CaseKind", it.kind)} <Pressing it={it} />
        </Typography.Text>
        <CaseClock it={it} />
      </span>
      <strong className="inbox-subject" title={it.subject}>
        {it.subject}
      </strong>
      <span className="inbox-line">
        <Typography.Text type="secondary" style={{ fontSize: 13 }} title={customer}>
          {it.customerId ? customer : say("unknownCustomer")}
        </Typography.Text>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {[label("CaseStatus", it.status), who].filter(Boolean).join(" · ")}
        </Typography.Text>
      </span>
    </Link>
  );
}

/** Only what is more pressing than usual is said. */
function Pressing({ it }: { it: Case }) {
  const label = useLabel();
  if (it.priority !== "PRIORITY_URGENT" && it.priority !== "PRIORITY_HIGH") return null;
  return (
    <Typography.Text
      type={it.priority === "PRIORITY_URGENT" ? "danger" : "warning"}
      strong
      style={{ fontSize: 13 }}
    >
      {label("CasePriority", it.priority)}
    </Typography.Text>
  );
}
