// One lead: what is known of it, and what can be done with it next.
import { getLead, type Lead, type LeadPatch, updateLead } from "@guanxi/client/gen/guanxi";
import { Alert, Drawer, Flex, Typography } from "antd";
import { useMay } from "../api/session.ts";
import { Age } from "../ui/age.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import { ConflictNote } from "./conflict.tsx";
import { ConversionResult } from "./conversion.tsx";
import { LeadActions } from "./lead-actions.tsx";
import { leadChanged, useLead } from "./lead-data.ts";
import { LeadFields, useLeadShown } from "./lead-fields.tsx";
import { nameOfLead, waysOf } from "./lead-moves.ts";
import { LeadTag } from "./lead-table.tsx";
import { useLeadWords } from "./lead-words.ts";
import { useSaving } from "./saving.ts";

export function LeadDrawer({ leadId = "", onClose }: { leadId: string | undefined; onClose: () => void }) {
  const ui = useUi();
  const lead = useLead(leadId);
  return (
    <Drawer
      open={leadId !== ""}
      onClose={onClose}
      size={720}
      title={lead.data ? nameOfLead(lead.data) : ui("loading")}
      styles={{ wrapper: { maxWidth: "100vw" } }}
      destroyOnHidden
    >
      {lead.isPending && <Loading rows={10} />}
      {lead.error && <Problem error={lead.error} again={() => void lead.refetch()} />}
      {lead.data && <LeadDetail key={leadId} lead={lead.data} />}
    </Drawer>
  );
}

function LeadDetail({ lead }: { lead: Lead }) {
  const say = useLeadWords();
  const may = useMay();
  const { shown, labelOf } = useLeadShown();
  const saving = useSaving<Lead, LeadPatch>(lead, {
    update: (patch, headers) => updateLead(lead.leadId, patch, headers),
    read: () => getLead(lead.leadId),
    saved: leadChanged,
  });
  const editable = waysOf(lead).edit && may("lead", "update");
  return (
    <Flex vertical gap={24}>
      <Flex gap={12} align="center" wrap>
        <LeadTag status={lead.status} />
        {lead.statusSinceTime && (
          <Typography.Text type="secondary">
            <Age time={lead.statusSinceTime} />
          </Typography.Text>
        )}
        <span style={{ flex: 1 }} />
        <LeadActions lead={lead} />
      </Flex>
      {lead.conversion && <ConversionResult lead={lead} />}
      {saving.conflict && (
        <ConflictNote
          fields={Object.entries(flat(saving.conflict.change)).map(([field, mine]) => ({
            label: labelOf(field),
            theirs: shown(field, flat(saving.conflict?.theirs ?? {})[field]),
            mine: shown(field, mine),
          }))}
          onMine={() => void saving.useMine()}
          onTheirs={saving.useTheirs}
        />
      )}
      {lead.status === "STATUS_CONVERTED" && <Alert type="info" showIcon title={say("finalNote")} />}
      <LeadFields lead={lead} save={editable ? saving.save : undefined} />
    </Flex>
  );
}

/** The four answers stand in a message of their own. */
const flat = ({ qualification, ...rest }: { qualification?: object | null }): Record<string, unknown> => ({
  ...rest,
  ...qualification,
});
