// Events that a service could not apply, of all areas, and how to have them applied.
import * as api from "@guanxi/client/gen/guanxi";
import type {
  DeadLetter,
  ListDeadLettersResponse,
  ReplayDeadLettersResponse,
} from "@guanxi/client/gen/guanxi";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { App, Button, Card, Flex, Popconfirm, Table, type TableColumnsType, Tooltip, Typography } from "antd";
import { once, queries } from "../api/api.ts";
import { useMay } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { Age } from "../ui/age.tsx";
import { Nothing } from "../ui/empty.tsx";
import { Loading } from "../ui/loading.tsx";
import { Problem, useComplain } from "../ui/problem.tsx";
import { useUi } from "../ui/words.ts";
import type { AREAS } from "./areas.ts";
import { nameOf } from "./told.ts";
import { useWords } from "./words.ts";

interface Desk {
  area: (typeof AREAS)[number];
  list(params: { pageToken?: string }, options: { signal: AbortSignal }): Promise<ListDeadLettersResponse>;
  replay(body: { consumer: string }, headers: ReturnType<typeof once>): Promise<ReplayDeadLettersResponse>;
}

/** Each area keeps its own. */
const DESKS: readonly Desk[] = [
  { area: "customer", list: api.customerListDeadLetters, replay: api.customerReplayDeadLetters },
  { area: "sales", list: api.salesListDeadLetters, replay: api.salesReplayDeadLetters },
  { area: "service_desk", list: api.serviceDeskListDeadLetters, replay: api.serviceDeskReplayDeadLetters },
  { area: "interaction", list: api.interactionListDeadLetters, replay: api.interactionReplayDeadLetters },
  { area: "marketing", list: api.marketingListDeadLetters, replay: api.marketingReplayDeadLetters },
  { area: "analytics", list: api.analyticsListDeadLetters, replay: api.analyticsReplayDeadLetters },
];

/** Readers try again by themselves for a while. */
const LOOK_AGAIN_MS = 10_000;

function useLetters({ area, list }: Desk) {
  return useInfiniteQuery({
    queryKey: ["dead-letters", area],
    queryFn: ({ pageParam, signal }) => list(pageParam ? { pageToken: pageParam } : {}, { signal }),
    initialPageParam: "",
    getNextPageParam: ({ nextPageToken }) => nextPageToken || undefined,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function Letters() {
  const say = useWords();
  const may = useMay();
  if (!may("dead_letter", "read")) return <Nothing title={say("noRight")} hint={say("noRightHint")} />;
  return <AllLetters />;
}

function AllLetters() {
  const say = useWords();
  // As many hooks at each drawing: the list of areas never changes.
  const all = DESKS.map((desk) => ({ desk, asked: useLetters(desk) }));
  const failed = all.filter(({ asked }) => asked.isError && !asked.data);
  const full = all.filter(({ asked }) => asked.data?.pages[0]?.deadLetters.length);
  const waits = all.some(({ asked }) => asked.isPending);
  return (
    <Flex vertical gap={16}>
      {failed.map(({ desk, asked }) => (
        <Problem key={desk.area} error={asked.error} again={() => void asked.refetch()} />
      ))}
      {full.map(({ desk, asked }) => (
        <Area
          key={desk.area}
          desk={desk}
          letters={asked.data!.pages.flatMap(({ deadLetters }) => deadLetters)}
          more={asked.hasNextPage ? () => void asked.fetchNextPage() : undefined}
        />
      ))}
      {full.length === 0 && waits && <Loading />}
      {full.length === 0 && !waits && failed.length === 0 && (
        <Nothing title={say("noLetters")} hint={say("noLettersHint")} />
      )}
    </Flex>
  );
}

interface AreaProps {
  desk: Desk;
  letters: DeadLetter[];
  more: (() => void) | undefined;
}

function Area({ desk, letters, more }: AreaProps) {
  const label = useLabel();
  const ui = useUi();
  const readers = Map.groupBy(letters, ({ consumer }) => consumer);
  return (
    <Card title={label("EventArea", desk.area)} size="small">
      <Flex vertical gap={16}>
        {[...readers].map(([consumer, its]) => (
          <Reader key={consumer} desk={desk} consumer={consumer} letters={its} cut={more !== undefined} />
        ))}
        {more && <Button onClick={more}>{ui("more")}</Button>}
      </Flex>
    </Card>
  );
}

interface ReaderProps {
  desk: Desk;
  consumer: string;
  letters: DeadLetter[];
  /** There may be more of them on the next page. */
  cut: boolean;
}

function Reader({ desk, consumer, letters, cut }: ReaderProps) {
  const say = useWords();
  const may = useMay();
  return (
    <section>
      <Flex justify="space-between" align="center" gap={8} wrap style={{ marginBottom: 8 }}>
        <Typography.Text strong style={{ wordBreak: "break-all" }}>
          {consumer} · {say(cut ? "countOrMore" : "count", { count: letters.length })}
        </Typography.Text>
        {may("dead_letter", "replay") && <Replay desk={desk} consumer={consumer} />}
      </Flex>
      <LetterTable letters={letters} />
    </section>
  );
}

function Replay({ desk, consumer }: { desk: Desk; consumer: string }) {
  const say = useWords();
  const complain = useComplain();
  const { message } = App.useApp();
  const replay = useMutation({
    mutationFn: () => desk.replay({ consumer }, once()),
    onSuccess: async ({ applied, left }) => {
      void (left > 0
        ? message.warning(say("replayed", { applied, left }))
        : message.success(say("replayed", { applied, left })));
      await queries.invalidateQueries({ queryKey: ["dead-letters", desk.area] });
    },
    onError: complain,
  });
  return (
    <Popconfirm
      title={say("replayAll", { consumer })}
      description={say("replayHint")}
      styles={{ root: { maxWidth: 360 } }}
      onConfirm={() => replay.mutate()}
    >
      <Button loading={replay.isPending}>{say("replay")}</Button>
    </Popconfirm>
  );
}

function LetterTable({ letters }: { letters: DeadLetter[] }) {
  const say = useWords();
  const columns: TableColumnsType<DeadLetter> = [
    { title: say("what"), width: 220, render: (_, letter) => nameOf(letter) },
    { title: say("since"), width: 130, render: (_, { createTime }) => <Age time={createTime} /> },
    { title: say("place"), width: 110, align: "right", render: (_, { streamSequence }) => streamSequence },
    { title: say("attempts"), width: 90, align: "right", render: (_, { attempts }) => attempts },
    {
      title: "",
      width: 120,
      render: (_, { parked }) => (
        <Typography.Text type={parked ? "danger" : "secondary"}>
          {say(parked ? "parked" : "retrying")}
        </Typography.Text>
      ),
    },
    {
      title: say("error"),
      ellipsis: true,
      render: (_, { error }) => <Tooltip title={error}>{error}</Tooltip>,
    },
  ];
  return (
    <Table
      size="small"
      rowKey={({ eventId }) => eventId}
      columns={columns}
      dataSource={letters}
      pagination={false}
      scroll={{ x: 900 }}
      expandable={{ expandedRowRender: (letter) => <LetterEvent letter={letter} /> }}
    />
  );
}

function LetterEvent({ letter: { error, event } }: { letter: DeadLetter }) {
  const say = useWords();
  const readable = event.startsWith("{");
  return (
    <Flex vertical gap={8}>
      <Typography.Text style={{ whiteSpace: "pre-wrap", wordBreak: "break-word" }}>{error}</Typography.Text>
      {readable ? (
        <pre tabIndex={0} style={{ margin: 0, maxHeight: 320, overflow: "auto", fontSize: 12 }}>
          {JSON.stringify(JSON.parse(event), undefined, 2)}
        </pre>
      ) : (
        <Typography.Text type="secondary">{say("unreadable")}</Typography.Text>
      )}
    </Flex>
  );
}
