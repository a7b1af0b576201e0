import { CheckCircleFilled, StopOutlined } from "@ant-design/icons";
import type { Consent } from "@guanxi/client/gen/guanxi";
import { Button, Flex, theme, Typography } from "antd";
import { useFormat } from "../../../text/format.ts";
import { useLabel } from "../../../text/texts.ts";
import { useCards } from "../card-words.ts";
import { useDo } from "../doing.ts";
import { Part, Small } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Consents() {
  const say = useCards();
  const act = useDo();
  const { customer, mayChange } = useSeen();
  return (
    <Part
      title={say("consents")}
      extra={
        mayChange && (
          <Button size="small" onClick={() => act({ what: "consent" })}>
            {say("record")}
          </Button>
        )
      }
    >
      {customer.consents.length === 0 && (
        <Flex vertical>
          <Typography.Text>{say("noConsents")}</Typography.Text>
          <Small>{say("noConsentsHint")}</Small>
        </Flex>
      )}
      <ul className="customer-rows">
        {customer.consents.map((each) => (
          <Given key={`${each.channel} ${each.purpose}`} of={each} />
        ))}
      </ul>
    </Part>
  );
}

type Word = Parameters<ReturnType<typeof useCards>>[0];

export function usePurpose(): (purpose: string) => string {
  const say = useCards();
  return (purpose) =>
    purpose === "marketing" || purpose === "survey" ? say(`purpose.${purpose}` as Word) : purpose;
}

function Given({ of: { channel, purpose, state, time, evidence } }: { of: Consent }) {
  const say = useCards();
  const label = useLabel();
  const format = useFormat();
  const act = useDo();
  const purposeName = usePurpose();
  const { mayChange } = useSeen();
  const { token } = theme.useToken();
  const granted = state === "STATE_GRANTED";
  return (
    <li>
      {granted ? (
        <CheckCircleFilled style={{ color: token.colorSuccess, marginTop: 4 }} aria-hidden />
      ) : (
        <StopOutlined style={{ color: token.colorTextTertiary, marginTop: 4 }} aria-hidden />
      )}
      <Flex vertical className="customer-grow">
        <Typography.Text>
          {label("CustomerChannel", channel)} · {purposeName(purpose)} · {label("ConsentState", state)}
        </Typography.Text>
        <Small>
          {[format.date(time), evidence && say("evidence", { evidence })].filter(Boolean).join(" · ")}
        </Small>
      </Flex>
      {mayChange && granted && (
        <Button size="small" onClick={() => act({ what: "consent", channel, purpose, withdraw: true })}>
          {say("withdraw")}
        </Button>
      )}
    </li>
  );
}
