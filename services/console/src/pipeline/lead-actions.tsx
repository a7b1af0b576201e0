// What can be done with a lead: one thing that comes next, and the others behind a menu.
import { type Lead, moveLead } from "@guanxi/client/gen/guanxi";
import { DownOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { ifMatch, once, problemOf } from "../api/api.ts";
import { useMay } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { useComplain } from "../ui/problem.tsx";
import { ConvertDialog } from "./convert.tsx";
import { leadAgain, leadChanged } from "./lead-data.ts";
import { DisqualifyDialog, QualifyDialog, RecycleDialog } from "./lead-dialogs.tsx";
import { waysOf } from "./lead-moves.ts";
import { useLeadWords } from "./lead-words.ts";

const DIALOGS = {
  qualify: QualifyDialog,
  disqualify: DisqualifyDialog,
  recycle: RecycleDialog,
  convert: ConvertDialog,
} as const;
type Verb = keyof typeof DIALOGS;
const VERBS: readonly Verb[] = ["convert", "qualify", "recycle", "disqualify"];

export function LeadActions({ lead }: { lead: Lead }) {
  const say = useLeadWords();
  const label = useLabel();
  const may = useMay();
  const complain = useComplain();
  const [verb, setVerb] = useState<Verb>();
  const ways = waysOf(lead);
  const allowed = VERBS.filter(
    (each) => ways[each] && may("lead", each === "convert" ? "convert" : "update"),
  );
  const [next, ...others] = allowed;
  const walk = may("lead", "update") ? ways.walk : [];
  const move = async (status: string) => {
    try {
      const body = { status: status as Lead["status"] };
      await leadChanged(await moveLead(lead.leadId, body, { ...ifMatch(lead.etag), ...once() }));
    } catch (error) {
      complain(error);
      if (problemOf(error).status === 412) await leadAgain(lead.leadId).catch(complain);
    }
  };
  const items = [
    ...walk.map((status) => ({
      key: `STATUS_${status}`,
      label: say("moveTo", { status: label("LeadStatus", `STATUS_${status}`) }),
    })),
    ...others.map((key) => ({ key, label: say(key), danger: key === "disqualify" })),
  ];
  const Dialog = verb && DIALOGS[verb];
  return (
    <>
      {items.length > 0 && (
        <Dropdown
          trigger={["click"]}
          placement="bottomRight"
          menu={{ items, onClick: ({ key }) => (key in DIALOGS ? setVerb(key as Verb) : void move(key)) }}
        >
          <Button>
            {say("more")} <DownOutlined />
          </Button>
        </Dropdown>
      )}
      {next && (
        <Button type="primary" onClick={() => setVerb(next)}>
          {say(next)}
        </Button>
      )}
      {Dialog && <Dialog lead={lead} onClose={() => setVerb(undefined)} />}
    </>
  );
}
