// One case: where it stands, what is still to be done, what was said, and whoever it is about beside it.
import type { Case } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Drawer, Tabs } from "antd";
import { useState } from "react";
import { useMay } from "../../api/session.ts";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useAddress } from "../address.ts";
import { CustomerSide } from "../customer/customer-side.tsx";
import { caseQuery } from "../data.ts";
import { useRoomy } from "../../ui/media.ts";
import { useWords } from "../words.ts";
import { CaseHead } from "./case-head.tsx";
import { Facts } from "./facts.tsx";
import { Files } from "./files.tsx";
import { History } from "./history.tsx";
import { Promises } from "./promises.tsx";
import { Steps } from "./steps.tsx";
import { Talk } from "./talk.tsx";
import { Way } from "./way.tsx";

export function CasePane({ id }: { id: string | undefined }) {
  const say = useWords();
  const query = useQuery({ ...caseQuery(id ?? ""), enabled: Boolean(id) });
  if (!id)
    return (
      <section className="inbox-case" style={{ justifyContent: "center", padding: 24 }}>
        <Nothing title={say("pick")} hint={say("pickHint")} />
      </section>
    );
  if (!query.data)
    return (
      <section className="inbox-case" style={{ padding: 16 }}>
        {query.isError ? (
          <Problem error={query.error} again={() => void query.refetch()} />
        ) : (
          <Loading rows={10} />
        )}
      </section>
    );
  return <Opened it={query.data} />;
}

function Opened({ it }: { it: Case }) {
  const say = useWords();
  const roomy = useRoomy();
  const { search, go } = useAddress();
  const [drawn, setDrawn] = useState(false);
  const beside = roomy && !search.folded;
  const toggle = () => (roomy ? go({ folded: search.folded ? undefined : true }, true) : setDrawn(true));
  return (
    <>
      <section className="inbox-case" aria-label={`#${it.number}`}>
        <CaseHead it={it} besideShown={beside} toggle={toggle} />
        <div className="case-body">
          <Promises it={it} />
          {it.kind === "KIND_COMPLAINT" && <Way it={it} />}
          {it.steps.length > 0 && <Steps it={it} />}
          <Parts it={it} />
        </div>
      </section>
      {beside && (
        <aside className="inbox-customer" aria-label={say("customer")}>
          <CustomerSide it={it} />
        </aside>
      )}
      <Drawer open={drawn && !roomy} onClose={() => setDrawn(false)} title={say("customer")} size={340}>
        <CustomerSide it={it} />
      </Drawer>
    </>
  );
}

function Parts({ it }: { it: Case }) {
  const say = useWords();
  const may = useMay();
  return (
    <Tabs
      items={[
        ...(may("interaction", "read")
          ? [{ key: "talk", label: say("tab.talk"), children: <Talk it={it} /> }]
          : []),
        { key: "facts", label: say("tab.facts"), children: <Facts it={it} /> },
        { key: "history", label: say("tab.history"), children: <History it={it} /> },
        ...(may("attachment", "read")
          ? [{ key: "files", label: say("tab.files"), children: <Files it={it} /> }]
          : []),
      ]}
    />
  );
}
