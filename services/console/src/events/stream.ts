// Reads /v1/stream. Not by EventSource, which tells nothing of a refusal and has to know the names of all events beforehand.
import { ProblemError, type ProblemDocument } from "@guanxi/client/send";
import { blocksOf, type Block, type ToldEvent } from "./told.ts";

export type StreamQuery = Partial<
  Record<"topics" | "customerId" | "correlationId" | "since" | "lastEventId", string>
>;

export interface Hearing {
  event(told: ToldEvent): void;
  /** All that was there at the beginning has been told. */
  caughtUp?(): void;
  /** What came before is no longer there. */
  gap?(): void;
  open?(): void;
}

/** One connection; settles when the other side ends it. Answers the place up to which everything has been heard. */
async function read(
  query: StreamQuery,
  hearing: Hearing,
  at: { place: string },
  signal: AbortSignal,
): Promise<void> {
  const headers = at.place ? { "last-event-id": at.place } : undefined;
  const response = await fetch(`/v1/stream?${new URLSearchParams(query)}`, {
    signal,
    ...(headers && { headers }),
  });
  if (!response.ok || !response.body) throw new ProblemError((await response.json()) as ProblemDocument);
  hearing.open?.();
  const take = blocksOf();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read())
    for (const block of take(piece.value)) hear(block, hearing, at);
}

function hear({ event, data, id }: Block, hearing: Hearing, at: { place: string }): void {
  if (event === "caught-up") hearing.caughtUp?.();
  else if (event === "gap") hearing.gap?.();
  else if (data) hearing.event(JSON.parse(data) as ToldEvent);
  if (id) at.place = id; // after it has been heard, so that what fails comes again
}

const AGAIN_MS = 2_000;

/** Comes back by itself to where it was, until it is told to stop or refused for good. */
export async function follow(
  query: StreamQuery,
  hearing: Hearing & { lost(error: unknown): void },
  signal: AbortSignal,
): Promise<void> {
  const at = { place: "" };
  const began = new Date().toISOString();
  let asked = query;
  for (await seen(signal); !signal.aborted; await seen(signal)) {
    const turned = new AbortController();
    const ended = AbortSignal.any([signal, turned.signal]);
    document.addEventListener("visibilitychange", () => turned.abort(), { signal: ended });
    try {
      await read(asked, hearing, at, ended);
    } catch (error) {
      if (signal.aborted) return;
      if (turned.signal.aborted) continue;
      hearing.lost(error);
      if (isFinal(error)) return;
    } finally {
      turned.abort();
      // Where nothing had come yet, there is no place to go on from.
      asked = at.place ? query : { since: began, ...query };
    }
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}

/**
 * Waits until somebody looks at the page. Over HTTP/1.1 a browser has six connections for all its tabs: one that nobody
 * looks at gives its own back.
 */
async function seen(signal: AbortSignal): Promise<void> {
  if (!document.hidden || signal.aborted) return;
  await new Promise<void>((resolve) => {
    document.addEventListener("visibilitychange", () => resolve(), { once: true, signal });
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

const isFinal = (error: unknown) =>
  error instanceof ProblemError && error.problem.status < 500 && error.problem.status !== 429;

/** All that there is now, without waiting for more. */
export async function readNow(query: StreamQuery, signal: AbortSignal): Promise<ToldEvent[]> {
  const events: ToldEvent[] = [];
  const enough = new AbortController();
  const both = AbortSignal.any([signal, enough.signal]);
  const hearing = { event: (told: ToldEvent) => void events.push(told), caughtUp: () => enough.abort() };
  await read(query, hearing, { place: "" }, both).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error;
  });
  return events;
}
