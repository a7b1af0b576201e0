// A complaint is answered by something that keeps the next one from coming: an action that there is, or a new one.
import {
  type Case,
  createCorrectiveAction,
  linkCases,
  listCorrectiveActions,
} from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Form, Select } from "antd";
import { useState } from "react";
import { once } from "../../api/api.ts";
import { allOf } from "../../api/pages.ts";
import { useLabel } from "../../text/texts.ts";
import { useComplain } from "../../ui/problem.tsx";
import { awaitNews } from "../data.ts";
import { useWords } from "../words.ts";
import { TextField } from "./fields.tsx";
import { FormDialog } from "./form-dialog.tsx";

interface Chosen {
  actionId?: string;
  title?: string;
}

export function ActionDialog({ it, onEnd }: { it: Case; onEnd: () => void }) {
  const say = useWords();
  const label = useLabel();
  const complain = useComplain();
  const [busy, setBusy] = useState(false);
  const [read] = useState(it);
  // The same for each try: a lost answer must not become a second action.
  const [keys] = useState(() => ({ create: once(), link: once() }));
  const { data, isPending } = useQuery({
    queryKey: ["corrective-actions", "open"],
    queryFn: ({ signal }) =>
      allOf(
        (asked) => listCorrectiveActions({ ...asked, filter: 'state in ["PROPOSED", "OPEN"]' }, { signal }),
        ({ correctiveActions }) => correctiveActions,
      ),
  });
  const submit = async ({ actionId, title }: Chosen) => {
    setBusy(true);
    try {
      const id = actionId ?? (await begun(read, title ?? "", keys.create));
      await linkCases(id, { caseIds: [it.caseId] }, keys.link);
      await awaitNews(it).catch(complain);
      return true;
    } catch (error) {
      complain(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDialog<Chosen>
      title={say("actionTitle")}
      ok={say("linkAction")}
      busy={busy}
      onEnd={onEnd}
      submit={submit}
    >
      <Form.Item name="actionId" label={say("pickAction")}>
        <Select
          allowClear
          loading={isPending}
          showSearch={{ optionFilterProp: "label" }}
          options={(data ?? []).map(({ correctiveActionId, title, state }) => ({
            value: correctiveActionId,
            label: `${title} · ${label("CorrectiveActionState", state)}`,
          }))}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={["actionId"]}>
        {({ getFieldValue }) =>
          !getFieldValue("actionId") && (
            <TextField name="title" label="actionName" hint={say("orNewAction")} required max={300} />
          )
        }
      </Form.Item>
    </FormDialog>
  );
}

async function begun(
  { productId, rootCause }: Case,
  title: string,
  key: ReturnType<typeof once>,
): Promise<string> {
  const action = { title, rootCause, ...(productId && { productId }) };
  return (await createCorrectiveAction(action, key)).correctiveActionId;
}
