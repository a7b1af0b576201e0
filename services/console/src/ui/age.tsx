import { Tooltip } from "antd";
import { useFormat } from "../text/format.ts";

/** How long ago, with the exact time behind it. */
export function Age({ time }: { time: string | undefined }) {
  const format = useFormat();
  if (!time) return null;
  return (
    <Tooltip title={format.time(time)}>
      <time dateTime={time}>{format.fromNow(time)}</time>
    </Tooltip>
  );
}
