// Who would hear of it if it began now, and who would not, and why.
import { type MarketingAudienceInput, previewAudience } from "@guanxi/client/gen/guanxi";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Flex, theme, Typography } from "antd";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { Problem } from "../ui/problem.tsx";
import { useCampaigns } from "./words.ts";

export function AudiencePreview({ audience }: { audience: MarketingAudienceInput }) {
  const say = useCampaigns();
  const label = useLabel();
  const format = useFormat();
  const { token } = theme.useToken();
  const preview = useMutation({
    mutationFn: (audience: MarketingAudienceInput) => previewAudience({ audience }),
  });
  // Of another audience it says nothing.
  const current = JSON.stringify(preview.variables) === JSON.stringify(audience);
  const { data, error } = current ? preview : {};
  return (
    <Flex vertical gap={12} align="flex-start">
      <Button loading={preview.isPending} onClick={() => preview.mutate(audience)}>
        {say("preview")}
      </Button>
      {error && <Problem error={error} />}
      {data && (
        <Flex
          vertical
          gap={8}
          style={{
            width: "100%",
            padding: 16,
            borderRadius: token.borderRadius,
            background: token.colorFillQuaternary,
          }}
        >
          <Typography.Text strong>{say("previewed", { count: data.count })}</Typography.Text>
          {data.examined < data.count && (
            <Typography.Text type="secondary">
              {say("examined", { examined: format.number(data.examined) })}
            </Typography.Text>
          )}
          <Typography.Text>{say("reachable", { count: format.number(data.reachable) })}</Typography.Text>
          <Typography.Text>
            {say("notReachable", { count: format.number(data.examined - data.reachable) })}
          </Typography.Text>
          {data.suppressed.map(({ reason, count }) => (
            <Flex key={reason} justify="space-between" gap={16} style={{ paddingInlineStart: 16 }}>
              <Typography.Text type="secondary">{label("SuppressedReason", reason)}</Typography.Text>
              <Typography.Text type="secondary">{format.number(count)}</Typography.Text>
            </Flex>
          ))}
          {data.sample.length > 0 && (
            <Typography.Text type="secondary">
              {say("example")}:{" "}
              {data.sample.slice(0, 8).map(({ customerId, displayName }, index) => (
                <span key={customerId}>
                  {index > 0 && ", "}
                  <Link to="/customers/$customerId" params={{ customerId }} target="_blank">
                    {displayName}
                  </Link>
                </span>
              ))}
            </Typography.Text>
          )}
        </Flex>
      )}
    </Flex>
  );
}
