import type { ChannelOptions } from "@grpc/grpc-js";

/**
 * For a channel that outlives a call, or whose calls last. A machine that vanishes ends no connection: the kernel gives up one
 * that it has written to after 15 minutes, and one that it only reads from never. Servers of grpc-js take any number of pings.
 */
export const keepalive: ChannelOptions = {
  "grpc.keepalive_time_ms": 10_000,
  "grpc.keepalive_timeout_ms": 3_000,
};
