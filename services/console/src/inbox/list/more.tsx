import { Button } from "antd";
import { useUi } from "../../ui/words.ts";

export function More({ busy, onClick }: { busy: boolean; onClick: () => void }) {
  const say = useUi();
  return (
    <Button type="link" block loading={busy} onClick={onClick}>
      {say("more")}
    </Button>
  );
}
