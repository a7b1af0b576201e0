// What happens, as it happens, and what could not be applied.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { Page } from "../ui/page.tsx";
import { Letters } from "./letters.tsx";
import { Live } from "./live.tsx";
import type { EventsSearch } from "./search.ts";
import { useWords } from "./words.ts";

export function Events() {
  const say = useWords();
  const search: EventsSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = (next: EventsSearch) => void navigate({ to: "/events", search: next, replace: true });
  return (
    <Page title={say("title")} note={say("note")}>
      <Tabs
        activeKey={search.view ?? "live"}
        onChange={(view) => change(view === "letters" ? { view } : {})}
        destroyOnHidden
        items={[
          { key: "live", label: say("live"), children: <Live search={search} change={change} /> },
          { key: "letters", label: say("letters"), children: <Letters /> },
        ]}
      />
    </Page>
  );
}
