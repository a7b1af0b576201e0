import { Flex, Typography } from "antd";

export function Logo() {
  return (
    <Flex align="center" gap={10}>
      <img src="/favicon.svg" width={28} height={28} alt="" />
      <Typography.Text strong style={{ fontSize: 16, whiteSpace: "nowrap" }}>
        Guanxi 关系
      </Typography.Text>
    </Flex>
  );
}
