// What of the timeline is shown, as it stands in the address, and as the condition that the service is asked with.
export interface TimelineFilter {
  area?: string;
  channel?: string;
  kinds?: string[];
  /** Bookkeeping too. */
  minor?: true;
}

export const AREAS = ["customer", "interaction", "sales", "service_desk", "marketing", "analytics"] as const;

export const CHANNELS = [
  "PHONE",
  "EMAIL",
  "WECHAT",
  "VISIT",
  "WALK_IN",
  "SMS",
  "WEB_CHAT",
  "WEB",
  "SOCIAL",
  "POST",
  "OTHER",
] as const;

/** A condition in the common expression language; empty where everything is asked for. */
export function conditionOf({ area, channel, kinds = [] }: TimelineFilter): string {
  const parts = [];
  if (area) parts.push(`area == ${text(area)}`);
  if (channel) parts.push(`channel == ${text(channel)}`);
  if (kinds.length > 0) parts.push(`kind in [${kinds.map(text).join(", ")}]`);
  return parts.join(" && ");
}

/** A JSON text is a CEL text too, but for the control characters, of which a name has none. */
const text = (value: string): string => JSON.stringify(value);
