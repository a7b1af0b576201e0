// A reader of Server-Sent Events that comes back by itself only when it is told to, so that tests see each stream's end.
export interface Told {
  readonly event: string;
  readonly id: string | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- an event is looked into at any depth, and expect() says what is amiss
  readonly data: any;
}

export interface Listening {
  readonly status: number;
  readonly type: string | null;
  /** In the order in which they came. */
  readonly told: readonly Told[];
  /** What a browser would send as Last-Event-ID. */
  lastId(): string | undefined;
  /** The lines that are for nobody. */
  readonly comments: readonly string[];
  readonly retryMs: () => number | undefined;
  /** The body of a refusal. */
  problem(): Promise<Record<string, unknown>>;
  /** Over when the other side has ended it. */
  readonly over: Promise<void>;
  close(): void;
}

export async function listen(
  url: string,
  headers: Record<string, string> = {},
  hear: (told: Told) => void = () => undefined,
): Promise<Listening> {
  const gone = new AbortController();
  const response = await fetch(url, { headers, signal: gone.signal });
  const told: Told[] = [];
  const comments: string[] = [];
  let lastId: string | undefined;
  let retryMs: number | undefined;

  function take(block: string): void {
    let event = "message";
    let data: string | undefined;
    let id: string | undefined;
    for (const line of block.split("\n")) {
      const [, name, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
      if (name === "") comments.push(value!);
      if (name === "event") event = value!;
      if (name === "data") data = value!;
      if (name === "id") lastId = id = value!;
      if (name === "retry") retryMs = Number(value);
    }
    if (data === undefined) return;
    told.push({ event, id, data: JSON.parse(data) as unknown });
    hear(told.at(-1)!);
  }

  async function read(): Promise<void> {
    let rest = "";
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + text).split("\n\n");
      rest = blocks.pop()!;
      blocks.forEach(take);
    }
  }
  const streams = response.ok ? read() : Promise.resolve();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    told,
    comments,
    lastId: () => lastId,
    retryMs: () => retryMs,
    problem: async () => (await response.json()) as Record<string, unknown>,
    // A stream that is cut is over too; what it had told is what tests look at.
    over: streams.catch(() => undefined),
    close: () => gone.abort(),
  };
}

export const named = ({ told }: Listening, event: string) => told.filter((each) => each.event === event);
