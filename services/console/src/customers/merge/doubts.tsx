// What speaks against a merge: what forbids it, and what somebody must be sure of.
import type { MergePreview } from "@guanxi/client/gen/guanxi";
import { Alert, Checkbox, Flex, Input } from "antd";
import { useMergeWords } from "../merge-words.ts";

export interface Doubt {
  /** That they are one although their ids say otherwise. */
  isSure: boolean;
  reason: string;
}

interface Props {
  preview: MergePreview;
  names: ReadonlyMap<string, string>;
  doubt: Doubt;
  onDoubt: (doubt: Doubt) => void;
}

const isRefused = ({ conflicts }: MergePreview) => conflicts.some(({ refusal }) => refusal !== "");
const isExplicit = ({ conflicts }: MergePreview) => conflicts.some(({ explicit }) => explicit);

export const mayMerge = (preview: MergePreview, { isSure, reason }: Doubt): boolean =>
  !isRefused(preview) && (!isExplicit(preview) || (isSure && reason.trim() !== ""));

export function Doubts({ preview, names, doubt, onDoubt }: Props) {
  const say = useMergeWords();
  const { isSure, reason } = doubt;
  const mustSay = isExplicit(preview);
  if (isRefused(preview)) return <Conflicts preview={preview} names={names} />;
  return (
    <Flex vertical gap={12}>
      <Conflicts preview={preview} names={names} />
      {mustSay && (
        <Checkbox checked={isSure} onChange={({ target }) => onDoubt({ ...doubt, isSure: target.checked })}>
          {say("despite")}
        </Checkbox>
      )}
      <Flex vertical gap={4}>
        <label htmlFor="merge-reason">{say("reason")}</label>
        <Input
          id="merge-reason"
          maxLength={500}
          value={reason}
          required={mustSay}
          status={mustSay && isSure && reason.trim() === "" ? "warning" : ""}
          placeholder={mustSay ? say("reasonNeeded") : undefined}
          onChange={({ target }) => onDoubt({ ...doubt, reason: target.value })}
        />
      </Flex>
    </Flex>
  );
}

function Conflicts({ preview, names }: Pick<Props, "preview" | "names">) {
  const say = useMergeWords();
  const { conflicts } = preview;
  const refusal = conflicts.find((each) => each.refusal !== "");
  if (refusal) return <Alert type="error" showIcon title={say("refused")} description={refusal.refusal} />;
  const named = (field: string) => {
    const [, system] = /^external_ids\.(.*)$/.exec(field) ?? [];
    return system ? say("external_ids", { system }) : field;
  };
  const explicit = conflicts.filter((each) => each.explicit);
  if (explicit.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={say("explicit")}
      description={explicit.map(({ field, values }) => (
        <div key={field}>
          {say("explicitField", {
            field: named(field),
            values: values
              .map(({ customerId, value }) => `${value} (${names.get(customerId) ?? "…"})`)
              .join(" / "),
          })}
        </div>
      ))}
    />
  );
}
