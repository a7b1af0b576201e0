// How far the conversion of a lead has come, and what came of it.
import type { Lead } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Alert, Flex, Spin } from "antd";
import { useLeadWords } from "./lead-words.ts";

export function ConversionResult({ lead: { conversion } }: { lead: Lead }) {
  const say = useLeadWords();
  if (!conversion) return null;
  const { state, existingCustomer, customerId, opportunityId, refusal } = conversion;
  if (state === "STATE_PENDING")
    return (
      <Alert
        type="info"
        showIcon
        icon={<Spin size="small" />}
        title={say("converting")}
        description={say("convertingHint")}
      />
    );
  if (state === "STATE_REFUSED")
    return (
      <Alert
        type="error"
        showIcon
        title={say("refused")}
        description={refusal}
        style={{ marginBottom: 16 }}
      />
    );
  return (
    <Alert
      type="success"
      showIcon
      title={say("converted")}
      description={
        <Flex vertical gap={4}>
          <span>{say(existingCustomer ? "convertedExisting" : "convertedNew")}</span>
          <Flex gap={16}>
            <Link to="/customers/$customerId" params={{ customerId }}>
              {say("toCustomer")}
            </Link>
            {opportunityId && (
              <Link to="/pipeline" search={{ opportunity: opportunityId }}>
                {say("toOpportunity")}
              </Link>
            )}
          </Flex>
        </Flex>
      }
    />
  );
}
