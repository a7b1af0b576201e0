import { acknowledgeFeedback, getFeedback, resolveFeedback } from "@guanxi/client/gen/guanxi";
import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Flex, Form, Input, Typography } from "antd";
import { once } from "../../../api/api.ts";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { Loading } from "../../../ui/loading.tsx";
import { Problem, useComplain } from "../../../ui/problem.tsx";
import { renew } from "../data.ts";
import { Small } from "../part.tsx";
import { useSeen } from "../seen.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useDialogs } from "./words.ts";

export function FeedbackDialog({ feedbackId, onClose }: { feedbackId: string; onClose: () => void }) {
  const say = useDialogs();
  return (
    <FormDialog<{ answer: string }>
      title={say("feedback")}
      done={say("feedbackDone")}
      onClose={onClose}
      send={(values, headers) => resolveFeedback(feedbackId, values, headers)}
    >
      <Said feedbackId={feedbackId} />
      <Form.Item
        name="answer"
        label={say("answer")}
        rules={[{ required: true, whitespace: true, message: say("needed") }]}
      >
        <Input.TextArea autoFocus autoSize={{ minRows: 3, maxRows: 10 }} maxLength={10_000} />
      </Form.Item>
    </FormDialog>
  );
}

function Said({ feedbackId }: { feedbackId: string }) {
  const say = useDialogs();
  const label = useLabel();
  const format = useFormat();
  const complain = useComplain();
  const { message } = App.useApp();
  const { customerId } = useSeen();
  const { data, error, refetch } = useQuery({
    queryKey: ["feedback", feedbackId],
    queryFn: ({ signal }) => getFeedback(feedbackId, undefined, { signal }),
    staleTime: 0,
  });
  const acknowledge = useMutation({
    mutationFn: () => acknowledgeFeedback(feedbackId, {}, once()),
    onSuccess: () => {
      renew(customerId);
      void refetch();
      void message.success(say("acknowledged"));
    },
    onError: complain,
  });
  if (error) return <Problem error={error} />;
  if (!data) return <Loading rows={2} />;
  return (
    <Flex vertical gap={8} style={{ marginBottom: 16 }}>
      <Small>
        {[label("FeedbackSource", data.source), data.topic, format.time(data.eventTime)]
          .filter(Boolean)
          .join(" · ")}
      </Small>
      <Typography.Text style={{ whiteSpace: "pre-wrap" }}>{data.text}</Typography.Text>
      {data.state === "STATE_NEW" && (
        <Button
          size="small"
          style={{ alignSelf: "start" }}
          loading={acknowledge.isPending}
          onClick={() => acknowledge.mutate()}
        >
          {say("acknowledge")}
        </Button>
      )}
    </Flex>
  );
}
