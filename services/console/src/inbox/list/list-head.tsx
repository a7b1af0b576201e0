import { SearchOutlined } from "@ant-design/icons";
import { CaseKind } from "@guanxi/client/gen/guanxi";
import { Flex, Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useMay } from "../../api/session.ts";
import { useLabel } from "../../text/texts.ts";
import { useAddress } from "../address.ts";
import { VIEWS } from "../search.ts";
import { useWords } from "../words.ts";

export function ListHead() {
  const say = useWords();
  const label = useLabel();
  const may = useMay();
  const { search, view, go } = useAddress();
  const views = VIEWS.filter((each) => each !== "feedback" || may("feedback", "read"));
  const kinds = Object.values(CaseKind).filter((kind) => !kind.endsWith("UNSPECIFIED"));
  return (
    <Flex
      vertical
      gap={8}
      style={{ padding: 12, borderBottom: "1px solid var(--ant-color-border-secondary)" }}
    >
      <Select
        aria-label={say("view")}
        value={view}
        options={views.map((value) => ({ value, label: say(`view.${value}`) }))}
        onChange={(next) => go({ view: next, case: undefined, feedback: undefined })}
      />
      {view !== "feedback" && (
        <Flex gap={8}>
          <Words />
          <Select
            aria-label={say("kind")}
            value={search.kind ?? ""}
            style={{ width: 116, flex: "none" }}
            popupMatchSelectWidth={false}
            options={[
              { value: "", label: say("anyKind") },
              ...kinds.map((kind) => ({ value: kind.slice("KIND_".length), label: label("CaseKind", kind) })),
            ]}
            onChange={(kind) => go({ kind: kind || undefined })}
          />
        </Flex>
      )}
    </Flex>
  );
}

const PAUSE_MS = 300;

/** Searches once one stops to type. */
function Words() {
  const say = useWords();
  const { search, go } = useAddress();
  const asked = search.words ?? "";
  const [words, setWords] = useState(asked);
  useEffect(() => setWords(asked), [asked]);
  useEffect(() => {
    if (words.trim() === asked) return undefined;
    const timer = setTimeout(() => go({ words: words.trim() || undefined }, true), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words, asked, go]);
  return (
    <Input
      allowClear
      aria-label={say("searchCases")}
      placeholder={say("searchCases")}
      prefix={<SearchOutlined />}
      value={words}
      onChange={({ target }) => setWords(target.value)}
    />
  );
}
