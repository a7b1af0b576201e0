import { Skeleton } from "antd";
import { useUi } from "./words.ts";

export function Loading({ rows = 6 }: { rows?: number }) {
  const say = useUi();
  return (
    <div role="status" aria-label={say("loading")}>
      <Skeleton active paragraph={{ rows }} />
    </div>
  );
}
