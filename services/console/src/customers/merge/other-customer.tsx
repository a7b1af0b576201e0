import { Flex, Typography } from "antd";
import { CustomerPicker } from "../../ui/customer-picker.tsx";
import { useMergeWords } from "../merge-words.ts";

interface Props {
  ids: readonly string[];
  /** There is only one so far. */
  isFirst: boolean;
  onAdd: (id: string) => void;
}

const MOST = 21;

export function OtherCustomer({ ids, isFirst, onAdd }: Props) {
  const say = useMergeWords();
  if (ids.length >= MOST) return null;
  return (
    <Flex vertical gap={4}>
      {isFirst && <Typography.Text strong>{say("chooseOther")}</Typography.Text>}
      <CustomerPicker
        label={isFirst ? say("chooseOther") : say("add")}
        autoFocus={isFirst}
        style={{ maxWidth: 400 }}
        without={ids}
        onChange={(id) => {
          if (id) onAdd(id);
        }}
      />
    </Flex>
  );
}
