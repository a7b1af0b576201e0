// Gauges of what somebody has to be asked for: when /metrics is asked for, and not before.
import type { Gauge } from "prom-client";

export interface Reading {
  readonly gauge: Gauge;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface Look {
  readonly gauges: readonly Gauge[];
  read(): Promise<Reading[]>;
}

/** Where a look fails or takes too long there is no value: an old one would look like a good one. */
export async function takeReadings(looks: readonly Look[], limitMs: number): Promise<void> {
  await Promise.all(
    looks.map(async ({ gauges, read }) => {
      const readings = await within(limitMs, read()).catch(() => []);
      for (const gauge of gauges) gauge.reset();
      for (const { gauge, labels, value } of readings) gauge.set(labels, value);
    }),
  );
}

export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error(`no answer in ${limitMs} ms`)), limitMs);
  try {
    return await Promise.race([work, limit.promise]);
  } finally {
    clearTimeout(timer);
  }
}
