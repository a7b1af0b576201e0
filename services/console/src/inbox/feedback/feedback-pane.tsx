// One word of a customer, and our answer to it.
import { ArrowLeftOutlined } from "@ant-design/icons";
import {
  acknowledgeFeedback,
  type Feedback,
  getFeedback,
  markFeedbackSpam,
  resolveFeedback,
} from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Flex, Form, Input, Typography } from "antd";
import { useState } from "react";
import { once, queries } from "../../api/api.ts";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { useNarrow } from "../../ui/media.ts";
import { Problem, useComplain } from "../../ui/problem.tsx";
import { useAddress } from "../address.ts";
import { useCustomerName } from "../customer/customer-name.tsx";
import { useNames } from "../data.ts";
import { useWords } from "../words.ts";
import { Deadline } from "./feedback-list.tsx";

const oneQuery = (id: string) => ({
  queryKey: ["feedback", "one", id],
  queryFn: ({ signal }: { signal: AbortSignal }) => getFeedback(id, undefined, { signal }),
});

export function FeedbackPane({ id }: { id: string | undefined }) {
  const say = useWords();
  const { data, error, refetch } = useQuery({ ...oneQuery(id ?? ""), enabled: Boolean(id) });
  return (
    <section className="inbox-case">
      {!id && (
        <div style={{ margin: "auto", padding: 24 }}>
          <Nothing title={say("pickFeedback")} />
        </div>
      )}
      {error && <Problem error={error} again={() => void refetch()} />}
      {id && !data && !error && (
        <div style={{ padding: 16 }}>
          <Loading />
        </div>
      )}
      {data && <Opened it={data} key={data.feedbackId} />}
    </section>
  );
}

function useFeedbackCommand(it: Feedback) {
  const complain = useComplain();
  const [busy, setBusy] = useState(false);
  const run = async (act: (headers: ReturnType<typeof once>) => Promise<Feedback>) => {
    setBusy(true);
    try {
      queries.setQueryData(oneQuery(it.feedbackId).queryKey, await act(once()));
      await queries.invalidateQueries({ queryKey: ["feedback", "open"] });
    } catch (error) {
      complain(error);
    } finally {
      setBusy(false);
    }
  };
  return { busy, run };
}

function Opened({ it }: { it: Feedback }) {
  const say = useWords();
  const label = useLabel();
  const format = useFormat();
  const nameOf = useNames();
  const narrow = useNarrow();
  const customer = useCustomerName(it.customerId);
  const { go } = useAddress();
  const facts = [
    say("saidOn", { source: label("FeedbackSource", it.source), time: format.time(it.eventTime) }),
    it.score === undefined ? say("noScore") : say("score", { score: it.score }),
    label("FeedbackState", it.state),
  ];
  return (
    <>
      <header className="case-head">
        <Flex align="center" gap={8}>
          {narrow && (
            <Button
              style={{ flex: "none" }}
              icon={<ArrowLeftOutlined />}
              aria-label={say("back")}
              onClick={() => go({ feedback: undefined })}
            />
          )}
          <Typography.Text type="secondary">{facts.join(" · ")}</Typography.Text>
        </Flex>
        <Typography.Title level={2} style={{ fontSize: 18, lineHeight: "26px", margin: 0 }}>
          {it.customerId ? (
            <Link to="/customers/$customerId" params={{ customerId: it.customerId }}>
              {customer}
            </Link>
          ) : (
            say("unknownCustomer")
          )}
        </Typography.Title>
        <div className="case-facts">
          <Typography.Text type="secondary">
            {say("feedbackOwner")} {it.ownerId ? nameOf(it.ownerId) || "—" : say("nobody")}
          </Typography.Text>
          {!it.resolveTime && <Deadline time={it.deadlineTime} />}
        </div>
      </header>
      <div className="case-body" style={{ paddingTop: 16 }}>
        <Typography.Paragraph style={{ whiteSpace: "pre-wrap", fontSize: 15 }}>
          {it.text}
        </Typography.Paragraph>
        {it.answer && (
          <div className="said">
            <Typography.Text type="secondary">{say("answerFeedback")}</Typography.Text>
            <p className="said-text">{it.answer}</p>
          </div>
        )}
        <Answer it={it} />
      </div>
    </>
  );
}

const OVER: readonly string[] = ["STATE_RESOLVED", "STATE_CLOSED", "STATE_SPAM"];

function Answer({ it }: { it: Feedback }) {
  const say = useWords();
  const may = useMay();
  const { busy, run } = useFeedbackCommand(it);
  if (OVER.includes(it.state) || !may("feedback", "update")) return null;
  return (
    <Form<{ answer: string }>
      name="feedback"
      layout="vertical"
      requiredMark={false}
      onFinish={(body) => void run((headers) => resolveFeedback(it.feedbackId, body, headers))}
    >
      <Form.Item
        name="answer"
        label={say("answerText")}
        rules={[{ required: true, whitespace: true, message: say("required", { field: say("answerText") }) }]}
      >
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} maxLength={10_000} />
      </Form.Item>
      <Flex gap={8} wrap>
        <Button type="primary" htmlType="submit" loading={busy}>
          {say("answerFeedback")}
        </Button>
        {it.state === "STATE_NEW" && (
          <Button onClick={() => void run((headers) => acknowledgeFeedback(it.feedbackId, {}, headers))}>
            {say("acknowledgeFeedback")}
          </Button>
        )}
        <Button onClick={() => void run((headers) => markFeedbackSpam(it.feedbackId, {}, headers))}>
          {say("markSpam")}
        </Button>
      </Flex>
    </Form>
  );
}
