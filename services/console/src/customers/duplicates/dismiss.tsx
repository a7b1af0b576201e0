import { dismissDuplicate, type DuplicatePair } from "@guanxi/client/gen/guanxi";
import { useMutation } from "@tanstack/react-query";
import { App, Form, Input } from "antd";
import { useState } from "react";
import { ifMatch, once, problemOf } from "../../api/api.ts";
import { FormModal } from "../../ui/form-modal.tsx";
import { useComplain } from "../../ui/problem.tsx";
import { pairAgain, renewPairs } from "./scan.ts";
import { useDuplicateWords } from "./words.ts";

export function DismissDialog({ pair, onClose }: { pair: DuplicatePair; onClose: () => void }) {
  const say = useDuplicateWords();
  const complain = useComplain();
  const { message } = App.useApp();
  // What the person saw; the list behind goes on being renewed.
  const [read, setRead] = useState(pair);
  const dismissal = useMutation({
    mutationFn: ({ reason }: { reason: string }) =>
      dismissDuplicate(read.duplicatePairId, { reason: reason.trim() }, { ...once(), ...ifMatch(read.etag) }),
    onError: async (error) => {
      if (problemOf(error).status !== 412) return;
      const now = await pairAgain(read.duplicatePairId);
      if (now) return setRead(now);
      complain(error);
      onClose();
    },
    onSuccess: () => {
      message.success(say("dismissDone"));
      void renewPairs();
      onClose();
    },
  });
  return (
    <FormModal<{ reason: string }>
      title={say("dismissTitle")}
      verb={say("dismiss")}
      busy={dismissal.isPending}
      error={dismissal.error}
      onSubmit={(values) => dismissal.mutate(values)}
      onClose={onClose}
    >
      <Form.Item
        name="reason"
        label={say("dismissReason")}
        extra={say("dismissReasonHint")}
        rules={[{ required: true, whitespace: true, message: say("reasonMissing") }]}
      >
        <Input.TextArea autoFocus maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormModal>
  );
}
