// The frame of a surface: its title, what one can do there, and what it shows.
import { Flex, Typography } from "antd";
import { type PropsWithChildren, type ReactNode, useEffect } from "react";

interface Props {
  title: string;
  /** One line below the title: what one is looking at. */
  note?: ReactNode;
  actions?: ReactNode;
}

export function Page({ title, note, actions, children }: PropsWithChildren<Props>) {
  useEffect(() => {
    document.title = `${title} · Guanxi`;
  }, [title]);
  return (
    <Flex vertical gap={16} className="page">
      <Flex justify="space-between" align="flex-start" gap={12} wrap>
        <Flex vertical gap={2} style={{ minWidth: 0 }}>
          <Typography.Title level={1} style={{ fontSize: 22, lineHeight: "30px", margin: 0 }}>
            {title}
          </Typography.Title>
          {note && <Typography.Text type="secondary">{note}</Typography.Text>}
        </Flex>
        {actions && (
          <Flex gap={8} wrap>
            {actions}
          </Flex>
        )}
      </Flex>
      {children}
    </Flex>
  );
}
