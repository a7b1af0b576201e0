import { useLabel } from "../../text/texts.ts";

/** Cases name by which way they came in words of their own. */
const OF_CASES: Readonly<Record<string, string>> = {
  WEB: "CaseOrigin.ORIGIN_WEB",
  API: "CaseOrigin.ORIGIN_API",
  CHAT: "CaseOrigin.ORIGIN_CHAT",
};

/** What the channel of an entry is called: PHONE, EMAIL. */
export function useChannel(): (channel: string) => string {
  const label = useLabel();
  return (channel) => {
    const [name, value] = (OF_CASES[channel] ?? `InteractionChannel.CHANNEL_${channel}`).split(".");
    return channel ? label(name!, value) : "";
  };
}
