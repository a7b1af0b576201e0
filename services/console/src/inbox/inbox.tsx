// What customers want from us: the list, the case, and the customer beside it.
import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useMay } from "../api/session.ts";
import { useNarrow } from "../ui/media.ts";
import { Page } from "../ui/page.tsx";
import { useAddress } from "./address.ts";
import { CasePane } from "./case/case-pane.tsx";
import { NewCase } from "./case/new-case.tsx";
import { FeedbackList } from "./feedback/feedback-list.tsx";
import { FeedbackPane } from "./feedback/feedback-pane.tsx";
import { CaseList } from "./list/case-list.tsx";
import { useWords } from "./words.ts";
import "./inbox.css";
import "./vocabulary.ts";

export function Inbox() {
  const say = useWords();
  const narrow = useNarrow();
  const { search, view } = useAddress();
  const feedback = view === "feedback";
  const id = feedback ? search.feedback : search.case;
  // On a phone one sees the list, or what one has chosen there.
  const [showList, showOne] = narrow ? [!id, Boolean(id)] : [true, true];
  return (
    <Page title={say("title")} actions={showList && <Begin />}>
      <div className="inbox" data-narrow={narrow || undefined}>
        {showList && (feedback ? <FeedbackList /> : <CaseList />)}
        {showOne && (feedback ? <FeedbackPane id={id} /> : <CasePane id={id} key={id} />)}
      </div>
    </Page>
  );
}

function Begin() {
  const say = useWords();
  const may = useMay();
  const { view, go } = useAddress();
  const [opening, setOpening] = useState(false);
  if (!may("case", "create")) return null;
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpening(true)}>
        {say("newCase")}
      </Button>
      {opening && (
        <NewCase
          onEnd={(made) => {
            setOpening(false);
            if (made) go({ view: view === "feedback" ? "open" : view, case: made.caseId });
          }}
        />
      )}
    </>
  );
}
