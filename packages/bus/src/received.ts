import type { Incoming } from "./reaction.ts";

/** An event with its place in the stream. */
export interface Received {
  readonly event: Incoming;
  readonly sequence: number;
  readonly subject: string;
  /** How often it has been brought here. */
  readonly deliveries?: number;
}
