import { getRouteApi } from "@tanstack/react-router";
import { Checkbox, Flex, Select } from "antd";
import { KINDS, useKindWords } from "./kind-words.ts";
import { AREAS, CHANNELS, type TimelineFilter } from "./timeline-filter.ts";
import { useChannel } from "./channel.ts";
import { useTimelineWords } from "./words.ts";

const route = getRouteApi("/shell/customers/$customerId");

export function Filters() {
  const say = useTimelineWords();
  const kind = useKindWords();
  const channelName = useChannel();
  const { area, channel, kinds = [], minor } = route.useSearch();
  const navigate = route.useNavigate();
  const set = (change: { [K in keyof TimelineFilter]: TimelineFilter[K] | undefined }) =>
    void navigate({
      search: (now) => ({ ...now, ...change }),
      replace: true,
      resetScroll: false,
    });
  return (
    <Flex gap={8} wrap align="center" style={{ marginBottom: 12 }}>
      <Select
        size="small"
        style={{ minWidth: 112 }}
        allowClear
        aria-label={say("area")}
        placeholder={say("allAreas")}
        value={area ?? null}
        options={AREAS.map((value) => ({ value, label: say(`areas.${value}`) }))}
        onChange={(value: string | null) => set({ area: value ?? undefined })}
      />
      <Select
        size="small"
        style={{ minWidth: 112 }}
        allowClear
        aria-label={say("channel")}
        placeholder={say("allChannels")}
        value={channel ?? null}
        options={CHANNELS.map((value) => ({ value, label: channelName(value) }))}
        onChange={(value: string | null) => set({ channel: value ?? undefined })}
      />
      <Select
        size="small"
        mode="multiple"
        style={{ minWidth: 160, maxWidth: 320 }}
        allowClear
        maxTagCount="responsive"
        aria-label={say("kinds")}
        placeholder={say("allKinds")}
        value={kinds}
        showSearch={{ optionFilterProp: "label" }}
        options={KINDS.map((value) => ({ value, label: kind(value) }))}
        onChange={(value: string[]) => set({ kinds: value.length > 0 ? value : undefined })}
      />
      <Checkbox
        checked={minor ?? false}
        onChange={({ target }) => set({ minor: target.checked || undefined })}
      >
        {say("minor")}
      </Checkbox>
    </Flex>
  );
}
