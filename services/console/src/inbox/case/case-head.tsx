import { ArrowLeftOutlined, IdcardOutlined } from "@ant-design/icons";
import { type Case, CasePriority, changeCasePriority } from "@guanxi/client/gen/guanxi";
import { Button, Flex, Select, Tooltip, Typography } from "antd";
import { type ReactNode, useState } from "react";
import { useMay } from "../../api/session.ts";
import { useLabel } from "../../text/texts.ts";
import { useNarrow } from "../../ui/media.ts";
import { useAddress } from "../address.ts";
import { isOpen } from "../course.ts";
import { useCustomerName } from "../customer/customer-name.tsx";
import { useNames } from "../data.ts";
import { useWords } from "../words.ts";
import { Actions } from "./actions.tsx";
import { useCommand } from "./command.tsx";

interface Props {
  it: Case;
  besideShown: boolean;
  toggle: () => void;
}

export function CaseHead({ it, besideShown, toggle }: Props) {
  const say = useWords();
  const label = useLabel();
  const nameOf = useNames();
  const narrow = useNarrow();
  const customer = useCustomerName(it.customerId);
  const { go } = useAddress();
  const what = [label("CaseKind", it.kind), label("CasePhase", it.phase), label("CaseOrigin", it.origin)];
  return (
    <header className="case-head">
      <Flex justify="space-between" align="center" gap={8}>
        <Flex align="center" gap={8} style={{ minWidth: 0 }}>
          {narrow && (
            <Button
              style={{ flex: "none" }}
              icon={<ArrowLeftOutlined />}
              aria-label={say("back")}
              onClick={() => go({ case: undefined })}
            />
          )}
          <Typography.Text type="secondary" ellipsis>
            {[`#${it.number}`, ...what.filter(Boolean), customer].join(" · ")}
          </Typography.Text>
        </Flex>
        <Tooltip title={say(besideShown ? "hideCustomer" : "showCustomer")}>
          <Button
            type="text"
            icon={<IdcardOutlined />}
            aria-label={say(besideShown ? "hideCustomer" : "showCustomer")}
            aria-expanded={besideShown}
            onClick={toggle}
          />
        </Tooltip>
      </Flex>
      <Typography.Title
        level={2}
        style={{ fontSize: 18, lineHeight: "26px", margin: 0, overflowWrap: "anywhere" }}
      >
        {it.subject}
      </Typography.Title>
      <div className="case-facts">
        <Fact name={say("status")}>{label("CaseStatus", it.status)}</Fact>
        <Fact name={say("priority")}>
          <Priority it={it} />
        </Fact>
        <Fact name={say("queue")}>{nameOf(it.queueId) || "—"}</Fact>
        <Fact name={say("assignee")}>{it.assigneeId ? nameOf(it.assigneeId) || "—" : say("nobody")}</Fact>
      </div>
      <Actions it={it} />
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Flex gap={6} align="center">
      <Typography.Text type="secondary" style={{ fontSize: 13 }}>
        {name}
      </Typography.Text>
      <Typography.Text style={{ fontSize: 13 }}>{children}</Typography.Text>
    </Flex>
  );
}

function Priority({ it }: { it: Case }) {
  const say = useWords();
  const label = useLabel();
  const may = useMay();
  // What whoever chooses has seen, though another state comes while the list is open.
  const [read, setRead] = useState(it);
  const { run, busy } = useCommand(read);
  if (!isOpen(it) || !may("case", "update")) return label("CasePriority", it.priority);
  const values = Object.values(CasePriority).filter((value) => !value.endsWith("UNSPECIFIED"));
  return (
    <Select
      size="small"
      variant="filled"
      aria-label={say("priority")}
      value={it.priority}
      loading={busy}
      popupMatchSelectWidth={false}
      onOpenChange={(open) => open && setRead(it)}
      options={values.map((value) => ({ value, label: label("CasePriority", value) }))}
      onChange={(priority) =>
        void run((headers) => changeCasePriority(it.caseId, { priority }, headers), { priority })
      }
    />
  );
}
