// What a local time is in UTC. An offset takes Intl some microseconds, and changes at full quarters of an hour only.
const QUARTER = 900_000;
const KEPT = 50_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}

const zones = new Map<string, Zone>();

/** Of the two moments at which a clock shows a time, the first; a time that it skips is as much later. */
export function instantOf(local: number, zone: string): number {
  // The offset at either side of a change is that of half a day before or after.
  const [before, after] = [-1, 1].map((side) => local - offsetAt(local + side * 43_200_000, zone)) as [
    number,
    number,
  ];
  if (before === after || offsetAt(before, zone) === local - before) return before;
  return offsetAt(after, zone) === local - after ? after : before;
}

/** What a clock shows, as if it were one of UTC. */
export const localTime = (instant: number, zone: string): number => instant + offsetAt(instant, zone);

export const localDay = (instant: number, zone: string) =>
  new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 10);

function offsetAt(instant: number, name: string): number {
  const zone = zones.get(name) ?? { format: formatOf(name), offsets: new Map<number, number>() };
  zones.set(name, zone);
  const quarter = Math.floor(instant / QUARTER);
  const known = zone.offsets.get(quarter);
  if (known !== undefined) return known;
  if (zone.offsets.size >= KEPT) zone.offsets.clear();
  const offset = askedOffset(quarter * QUARTER, zone.format);
  zone.offsets.set(quarter, offset);
  return offset;
}

const formatOf = (timeZone: string) =>
  new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset", hour: "numeric" });

/** Of "3 PM, GMT+05:45" the last part, in milliseconds; UTC itself is "GMT". */
function askedOffset(instant: number, format: Intl.DateTimeFormat): number {
  const parts = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(instant));
  const [, sign, hours = "0", minutes = "0", seconds = "0"] = parts ?? [];
  const size = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === "-" ? -size : size;
}
