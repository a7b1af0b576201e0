import { type DateOrder, dayIn, noDay } from "./day.ts";
import { cellFault, type Parsed } from "./fault.ts";
import { instantOf, localDay } from "./zone.ts";

/** A day with or without a time of day, with or without a zone. */
interface Stamp {
  readonly day: string;
  /** Milliseconds since midnight. */
  readonly clock: number;
  /** Minutes east of UTC, if it says so. */
  readonly offset: number | undefined;
}

const LONGEST = 60;
const PARTS =
  /^(.+?)(?:(?:T|[ ,]+)(上午|下午)? ?(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(am|pm))?(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?)?$/i;
const SERIAL = /^\d{5}(\.\d+)?$/;
const DAY_MS = 86_400_000;
const SERIAL_EPOCH = Date.UTC(1899, 11, 30);

/** The day that a cell names; one that comes with time and zone is the day it was in `zone`. */
export function dateIn(text: string, order: DateOrder | undefined, zone: string | undefined): Parsed<string> {
  const stamp = stampIn(text, order);
  if ("fault" in stamp) return stamp;
  const { day, clock, offset } = stamp.value;
  if (offset === undefined) return { value: day };
  if (!zone) return zoneUnknown(text);
  return { value: localDay(Date.parse(day) + clock - offset * 60_000, zone) };
}

/** A moment; a day alone is its beginning. */
export function timeIn(text: string, order: DateOrder | undefined, zone: string | undefined): Parsed<Date> {
  const stamp = stampIn(text, order);
  if ("fault" in stamp) return stamp;
  const { day, clock, offset } = stamp.value;
  const local = Date.parse(day) + clock;
  if (offset !== undefined) return { value: new Date(local - offset * 60_000) };
  return zone ? { value: new Date(instantOf(local, zone)) } : zoneUnknown(text);
}

function stampIn(text: string, order: DateOrder | undefined): Parsed<Stamp> {
  const plain = text.normalize("NFKC").trim();
  if (SERIAL.test(plain)) return { value: ofSerial(Number(plain)) };
  const parts = plain.length > LONGEST ? null : PARTS.exec(plain);
  if (!parts) return noDay(text);
  const day = dayIn(parts[1] ?? "", order);
  if ("fault" in day) return day;
  const clock = clockOf(parts);
  const offset = offsetOf(parts[8]);
  if (clock === undefined)
    return cellFault("NOT_A_TIME", text, "has no such time of day: write it as 13:45:00.");
  return { value: { day: day.value, clock, offset } };
}

/** How spreadsheets count: days since 1899-12-30, the time as a part of the day. From 10000, 1927, on. */
function ofSerial(serial: number): Stamp {
  const whole = Math.floor(serial);
  const clock = Math.round((serial - whole) * 86_400) * 1000; // to the second, as they show it
  const moment = new Date(SERIAL_EPOCH + whole * DAY_MS + clock);
  return { day: moment.toISOString().slice(0, 10), clock: moment.getTime() % DAY_MS, offset: undefined };
}

/** Undefined: there is no such time. */
function clockOf(parts: RegExpExecArray): number | undefined {
  const [, , before = "", hour = "0", minute = "0", second = "0", fraction = "", after = ""] = parts;
  const hours = hourOf(Number(hour), (before + after).toLowerCase());
  if (hours === undefined || Number(minute) > 59 || Number(second) > 59) return undefined;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  return ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + milliseconds;
}

/** Of 0 to 23, or of 1 to 12 in a half of the day. */
function hourOf(hour: number, half: string): number | undefined {
  if (half === "") return hour > 23 ? undefined : hour;
  if (hour > 12 || hour === 0) return undefined;
  return (hour % 12) + (half === "pm" || half === "下午" ? 12 : 0);
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (hours === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
}

const zoneUnknown = (text: string) =>
  cellFault("ZONE_UNKNOWN", text, "is a time in an unknown zone: say the time zone of the file.");
