// What customers have said of us and nobody has answered, what must be answered first at the top.
import type { Feedback } from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import { useRef } from "react";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Nothing } from "../../ui/empty.tsx";
import { Loading } from "../../ui/loading.tsx";
import { Problem } from "../../ui/problem.tsx";
import { useShortcuts } from "../../ui/shortcuts.ts";
import { useAddress } from "../address.ts";
import { useCustomerName } from "../customer/customer-name.tsx";
import { feedbackQuery } from "../data.ts";
import { ListHead } from "../list/list-head.tsx";
import { More } from "../list/more.tsx";
import { useNow } from "../list/now.ts";
import { step } from "../list/step.ts";
import { useWords } from "../words.ts";

export function FeedbackList() {
  const say = useWords();
  const { search } = useAddress();
  const rows = useRef<HTMLUListElement>(null);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(feedbackQuery);
  const all = data?.pages.flatMap(({ feedback }) => feedback);
  useShortcuts({ j: () => step(rows.current, 1), k: () => step(rows.current, -1) });
  return (
    <section className="inbox-list" aria-label={say("view.feedback")}>
      <ListHead />
      {error && <Problem error={error} again={() => void refetch()} />}
      {!data && !error && (
        <div style={{ padding: 16 }}>
          <Loading />
        </div>
      )}
      {all?.length === 0 && (
        <div style={{ padding: 24 }}>
          <Nothing title={say("feedbackEmpty")} hint={say("feedbackEmptyHint")} />
        </div>
      )}
      <ul className="inbox-rows" ref={rows}>
        {all?.map((it) => (
          <li key={it.feedbackId}>
            <Row it={it} open={it.feedbackId === search.feedback} />
          </li>
        ))}
      </ul>
      {hasNextPage && <More busy={isFetchingNextPage} onClick={() => void fetchNextPage()} />}
    </section>
  );
}

function Row({ it, open }: { it: Feedback; open: boolean }) {
  const say = useWords();
  const label = useLabel();
  const customer = useCustomerName(it.customerId);
  return (
    <Link
      from="/inbox"
      to="/inbox"
      search={(before) => ({ ...before, feedback: it.feedbackId })}
      className="inbox-row"
      aria-current={open || undefined}
    >
      <span className="inbox-line">
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {label("FeedbackSource", it.source)} ·{" "}
          {it.score === undefined ? say("noScore") : say("score", { score: it.score })}
        </Typography.Text>
        <Deadline time={it.deadlineTime} />
      </span>
      <strong className="inbox-subject" title={it.text}>
        {it.text || it.topic}
      </strong>
      <span className="inbox-line">
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {it.customerId ? customer : say("unknownCustomer")}
        </Typography.Text>
        <Typography.Text type="secondary" style={{ fontSize: 13 }}>
          {label("FeedbackState", it.state)}
        </Typography.Text>
      </span>
    </Link>
  );
}

export function Deadline({ time }: { time: string | undefined }) {
  const say = useWords();
  const format = useFormat();
  const now = useNow();
  if (!time) return null;
  const seconds = (Date.parse(time) - now) / 1000;
  const text = format.duration(Math.abs(seconds));
  return (
    <Typography.Text
      type={seconds < 0 ? "danger" : "secondary"}
      style={{ fontSize: 13 }}
      title={format.time(time)}
    >
      {say(seconds < 0 ? "clock.late" : "clock.left", { time: text })}
    </Typography.Text>
  );
}
