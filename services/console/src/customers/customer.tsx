// One customer seen whole: what to do next, all that happened, and what every service knows.
import { usePrefetchInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { Alert, Tabs } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { problemOf } from "../api/api.ts";
import { useMay } from "../api/session.ts";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Page } from "../ui/page.tsx";
import { Problem } from "../ui/problem.tsx";
import { useShortcuts } from "../ui/shortcuts.ts";
import { Actions } from "./page/actions.tsx";
import { Business, Relation } from "./page/cards.tsx";
import { type Doing, DoContext, useDoing } from "./page/doing.ts";
import { Facts } from "./page/header.tsx";
import { NextSteps } from "./page/next-steps.tsx";
import { People } from "./page/people.tsx";
import { usePulse } from "./page/pulse.ts";
import { portraitQuery } from "./page/portrait-query.ts";
import { type Loaded, type Seen, SeenContext, seenOf } from "./page/seen.ts";
import type { Tab } from "./page/search.ts";
import { Timeline } from "./page/timeline.tsx";
import { shownOf, timelineQuery } from "./page/timeline-query.ts";
import { useWide } from "../ui/media.ts";
import { usePage } from "./page/words.ts";
import "./page/vocabulary.ts";
import "./page/page.css";

const Dialogs = lazy(() =>
  import("./page/dialogs/dialogs.tsx").then(({ Dialogs: made }) => ({ default: made })),
);

const route = getRouteApi("/shell/customers/$customerId");

export function CustomerPage() {
  const { customerId } = route.useParams();
  const say = usePage();
  const search = route.useSearch();
  usePrefetchInfiniteQuery(timelineQuery(customerId, shownOf(search)));
  const { data, error, refetch } = useQuery(portraitQuery(customerId));
  if (!data?.customer) {
    if (!error) return <Loading rows={10} />;
    if (problemOf(error).status === 404) return <Nothing title={say("notFound")} />;
    return <Problem error={error} again={() => void refetch()} />;
  }
  return (
    <Whole key={data.customer.customerId} askedId={customerId} portrait={data as Loaded} stale={error} />
  );
}

function Whole({ askedId, portrait, stale }: { askedId: string; portrait: Loaded; stale: unknown }) {
  const say = usePage();
  const may = useMay();
  const [doing, setDoing] = useState<Doing>();
  const seen = useMemo(() => seenOf(portrait, may), [portrait, may]);
  const { customer } = portrait;
  const search = route.useSearch();
  const shown = useMemo(() => shownOf(search), [search]);
  usePulse(customer.customerId, portrait.people?.state?.asOfTime ?? customer.updateTime, shown);
  const acting = useMemo(() => ({ doing, act: setDoing }), [doing]);
  useShortcuts(doing ? {} : keysOf(seen, setDoing));
  return (
    <DoContext value={acting}>
      <SeenContext value={seen}>
        <Page title={customer.displayName} actions={<Actions />}>
          {customer.customerId !== askedId && (
            <Alert type="info" showIcon title={say("absorbedNote", { name: customer.displayName })} />
          )}
          {customer.state === "STATE_ARCHIVED" && (
            <Alert type="warning" showIcon title={say("archivedNote")} />
          )}
          {Boolean(stale) && <Alert type="warning" showIcon title={say("stale")} />}
          <Facts />
          <Body />
        </Page>
        {doing && doing.what !== "edit" && (
          <Suspense>
            <Dialogs doing={doing} onClose={() => setDoing(undefined)} />
          </Suspense>
        )}
      </SeenContext>
    </DoContext>
  );
}

/** What one may do, by its key. */
function keysOf({ may, mayChange, customer }: Seen, act: (doing: Doing) => void): Record<string, () => void> {
  const active = customer.state === "STATE_ACTIVE";
  return {
    ...(mayChange && { e: () => act({ what: "edit" }) }),
    ...(active && may("interaction", "create") && { l: () => act({ what: "contact" }) }),
    ...(active && may("task", "create") && { t: () => act({ what: "task" }) }),
  };
}

/** Side by side where there is room, else one after the other behind tabs: below an endless timeline nobody finds a card. */
function Body() {
  return useWide() ? <SideBySide /> : <Tabbed />;
}

const SideBySide = () => (
  <div className="customer-columns">
    <div className="customer-main">
      <NextSteps />
      <Timeline />
    </div>
    <div className="customer-business">
      <Business />
    </div>
    <div className="customer-relation">
      <People />
      <Relation />
    </div>
  </div>
);

function Tabbed() {
  const say = usePage();
  const search = route.useSearch();
  const editing = useDoing()?.what === "edit";
  const tab = editing ? "overview" : (search.tab ?? "overview");
  const navigate = route.useNavigate();
  const go = (to: Tab) =>
    void navigate({ search: (now) => ({ ...now, tab: to }), replace: true, resetScroll: false });
  const overview = (
    <div className="customer-stack">
      <NextSteps />
      <Business />
      <Relation />
    </div>
  );
  return (
    <Tabs
      activeKey={tab}
      onChange={(key) => go(key as Tab)}
      destroyOnHidden
      items={[
        { key: "overview", label: say("overview"), children: overview },
        { key: "timeline", label: say("timeline"), children: <Timeline /> },
        { key: "people", label: say("people"), children: <People /> },
      ]}
    />
  );
}
