// There is no such page, or it failed: says so, and leads back.
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { Button, Flex, Result } from "antd";
import { Problem } from "../ui/problem.tsx";
import { useShell } from "./words.ts";

export function NotFound() {
  const say = useShell();
  return <Result status="404" title={say("noSuchPage")} subTitle={say("noSuchPageHint")} extra={<Home />} />;
}

export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Flex vertical gap={16} style={{ padding: 24, maxWidth: 720 }}>
      <Problem error={error} again={again} />
      <div>
        <Home />
      </div>
    </Flex>
  );
}

function Home() {
  const say = useShell();
  const router = useRouter();
  return (
    <Button type="primary" onClick={() => void router.navigate({ to: "/" })}>
      {say("goHome")}
    </Button>
  );
}
