// What is to be done today, of what the signed-in person's job is about first.
import { Col, Flex, Row } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useMay, useMe } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { Page } from "../ui/page.tsx";
import { Campaigns } from "./campaigns.tsx";
import { Cases } from "./cases.tsx";
import { Deals } from "./deals.tsx";
import { MadeUp } from "./made-up.tsx";
import { Tasks } from "./tasks.tsx";
import { useHome } from "./words.ts";

interface Part {
  needs: string;
  show: ReactNode;
}

const PARTS = {
  tasks: { needs: "task", show: <Tasks /> },
  deals: { needs: "opportunity", show: <Deals /> },
  cases: { needs: "case", show: <Cases /> },
  campaigns: { needs: "campaign", show: <Campaigns /> },
} satisfies Record<string, Part>;

const ORDERS: Record<string, (keyof typeof PARTS)[]> = {
  agent: ["cases", "tasks", "deals", "campaigns"],
  marketer: ["campaigns", "tasks", "deals", "cases"],
};

export function Home() {
  const say = useHome();
  const may = useMay();
  const { user } = useMe();
  const format = useFormat();
  const order = ORDERS[user?.job ?? ""] ?? ["tasks", "deals", "cases", "campaigns"];
  const shown = order.filter((key) => may(PARTS[key].needs, "read"));
  const hour = dayjs().hour();
  const part = hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  return (
    <Page title={say("hello", { part, name: user?.displayName ?? "" })} note={format.day(new Date())}>
      <MadeUp />
      <Row gutter={[16, 16]}>
        {[0, 1].map((column) => (
          <Col key={column} xs={24} xl={12}>
            <Flex vertical gap={16}>
              {shown
                .filter((_, index) => index % 2 === column)
                .map((key) => (
                  <div key={key}>{PARTS[key].show}</div>
                ))}
            </Flex>
          </Col>
        ))}
      </Row>
    </Page>
  );
}
