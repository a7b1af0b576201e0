// A card of the portrait: whose word it is and how old; and where one may not see it, that.
import type { PortraitState } from "@guanxi/client/gen/guanxi";
import { Card, Flex, theme, Tooltip, Typography } from "antd";
import type { CSSProperties, PropsWithChildren, ReactNode } from "react";
import { useFormat } from "../../text/format.ts";
import { usePage } from "./words.ts";

interface Props {
  title: ReactNode;
  state?: PortraitState | undefined;
  extra?: ReactNode;
}

export function Part({ title, state, extra, children }: PropsWithChildren<Props>) {
  const say = usePage();
  const { token } = theme.useToken();
  return (
    <Card
      size="small"
      variant="outlined"
      title={
        <Typography.Title level={2} style={{ fontSize: 14, lineHeight: "22px", margin: 0 }}>
          {title}
        </Typography.Title>
      }
      extra={
        <Flex gap={8} align="center">
          {state && <AsOf state={state} />}
          {extra}
        </Flex>
      }
      styles={{ body: { "--line": token.colorBorderSecondary } as CSSProperties }}
    >
      {state?.neededRight ? (
        <Typography.Text type="secondary">{say("needRight", { right: state.neededRight })}</Typography.Text>
      ) : (
        children
      )}
    </Card>
  );
}

function AsOf({ state: { area, asOfTime } }: { state: PortraitState }) {
  const say = usePage();
  const format = useFormat();
  const service = say(`area.${area}` as Parameters<typeof say>[0]);
  // The customer service's own word is as old as the answer.
  if (area === "customer") return null;
  if (!asOfTime) return <Small>{say("noWord", { area: service })}</Small>;
  return (
    <Tooltip title={`${say("asOfWhy", { area: service })} · ${format.time(asOfTime)}`}>
      <span>
        <Small>{say("asOf", { time: format.fromNow(asOfTime) })}</Small>
      </span>
    </Tooltip>
  );
}

export const Small = ({ children }: PropsWithChildren) => (
  <Typography.Text type="secondary" style={{ fontSize: 12, fontWeight: "normal" }}>
    {children}
  </Typography.Text>
);

/** Terms and what they are; those without a value are left out. */
export function Pairs({ of }: { of: (readonly [string, ReactNode])[] }) {
  const known = of.filter(
    ([, value]) => value !== "" && value !== undefined && value !== null && value !== false,
  );
  return (
    <dl className="customer-pairs">
      {known.map(([term, value]) => (
        <Pair key={term} term={term} value={value} />
      ))}
    </dl>
  );
}

const Pair = ({ term, value }: { term: string; value: ReactNode }) => (
  <>
    <dt>
      <Typography.Text type="secondary">{term}</Typography.Text>
    </dt>
    <dd>{value}</dd>
  </>
);
