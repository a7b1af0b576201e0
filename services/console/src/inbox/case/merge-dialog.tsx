import { type Case, listCases, mergeCases } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Alert, Form, Select } from "antd";
import { useWords } from "../words.ts";
import { useFormCommand } from "./command.tsx";
import { allOf } from "../../api/pages.ts";
import { FormDialog } from "./form-dialog.tsx";

export function MergeDialog({ it, onEnd }: { it: Case; onEnd: () => void }) {
  const say = useWords();
  const { run, busy } = useFormCommand(it);
  const { data, isPending } = useQuery({
    queryKey: ["cases", "to merge", it.caseId],
    queryFn: ({ signal }) =>
      allOf(
        (asked) =>
          listCases(
            { ...asked, filter: `${SAME} && customer_id == ${JSON.stringify(it.customerId)}` },
            { signal },
          ),
        ({ cases }) => cases,
      ),
  });
  const others = (data ?? []).filter(({ caseId }) => caseId !== it.caseId);
  return (
    <FormDialog<{ absorbedCaseIds: string[] }>
      title={say("mergeTitle", { number: it.number })}
      hint={say("mergeHint")}
      ok={say("do.merge")}
      busy={busy}
      onEnd={onEnd}
      submit={(body) => run((headers) => mergeCases(it.caseId, body, headers))}
    >
      {data && others.length === 0 && (
        <Alert type="info" showIcon title={say("noMerge")} style={{ marginBottom: 16 }} />
      )}
      <Form.Item
        name="absorbedCaseIds"
        label={say("mergePick")}
        rules={[{ required: true, message: say("required", { field: say("mergePick") }) }]}
      >
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          loading={isPending}
          options={others.map(({ caseId, number, subject }) => ({
            value: caseId,
            label: `#${number} ${subject}`,
          }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

const SAME = 'status in ["NEW", "ASSIGNED", "IN_PROGRESS", "WAITING_CUSTOMER", "ON_HOLD"]';
