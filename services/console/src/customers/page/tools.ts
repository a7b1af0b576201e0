// What the telling of a thing has at hand, and what it tells.
import type { ReactNode } from "react";
import type { Format } from "../../text/format.ts";
import type { Say } from "../../text/texts.ts";
import type { useTimelineWords } from "./words.ts";

export type Facts = (readonly [string, ReactNode])[];

export interface Tools {
  say: ReturnType<typeof useTimelineWords> extends Say<infer K> ? Say<K> : never;
  format: Format;
  label: (name: string, value: string | undefined) => string;
  name: (userId: string) => string;
}
