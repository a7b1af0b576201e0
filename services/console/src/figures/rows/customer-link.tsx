import { Link } from "@tanstack/react-router";
import { Typography } from "antd";
import { useFigures } from "../words.ts";

export function CustomerLink({ customerId, name }: { customerId: string; name: string | undefined }) {
  const say = useFigures();
  if (!customerId) return <Typography.Text type="secondary">{say("noCustomer")}</Typography.Text>;
  return (
    <Link to="/customers/$customerId" params={{ customerId }}>
      {name ?? customerId.slice(0, 8)}
    </Link>
  );
}
