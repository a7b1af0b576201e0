// One contact: who spoke, on which channel, and what was said. Words are shown as text, never as the HTML of a stranger.
import { type Case, type Interaction, resendMessage } from "@guanxi/client/gen/guanxi";
import { Alert, Button, Flex, Typography } from "antd";
import { useState } from "react";
import { once, queries } from "../../api/api.ts";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { Age } from "../../ui/age.tsx";
import { useComplain } from "../../ui/problem.tsx";
import { useCustomerName } from "../customer/customer-name.tsx";
import { useNames } from "../data.ts";
import { useWords } from "../words.ts";
import { Original } from "./original.tsx";

export function Said({ contact, it }: { contact: Interaction; it: Case }) {
  const who = useSpeaker(contact, it);
  const how = useManner(contact);
  return (
    <li data-direction={contact.direction}>
      <Flex justify="space-between" gap={8}>
        <span style={{ minWidth: 0, overflowWrap: "anywhere" }}>
          <Typography.Text strong>{who}</Typography.Text>{" "}
          <Typography.Text type="secondary">{how}</Typography.Text>
        </span>
        <Typography.Text type="secondary" style={{ fontSize: 13, flex: "none" }}>
          <Age time={contact.eventTime} />
        </Typography.Text>
      </Flex>
      {contact.email && contact.subject && contact.subject !== it.subject && (
        <Typography.Text strong>{contact.subject}</Typography.Text>
      )}
      <p className="said-text">{contact.body}</p>
      {contact.email && <MailParts contact={contact} />}
      {contact.delivery && <Delivered contact={contact} />}
    </li>
  );
}

/** E-mail · Automatic; Phone · Reached · 5 min */
function useManner({ direction, channel, automatic, outcome, durationSeconds }: Interaction): string {
  const say = useWords();
  const label = useLabel();
  const format = useFormat();
  return [
    direction === "DIRECTION_INTERNAL" ? say("internal") : label("InteractionChannel", channel),
    automatic && say("automatic"),
    label("InteractionOutcome", outcome),
    durationSeconds > 0 && format.duration(durationSeconds),
  ]
    .filter(Boolean)
    .join(" · ");
}

function useSpeaker(contact: Interaction, it: Case): string {
  const say = useWords();
  const nameOf = useNames();
  const customer = useCustomerName(contact.customerId || it.customerId);
  if (contact.direction === "DIRECTION_INBOUND")
    return contact.partyName || customer || contact.partyAddress || say("theCustomer");
  return nameOf(contact.userId) || say("machine");
}

function MailParts({ contact }: { contact: Interaction }) {
  const say = useWords();
  const [quoted, setQuoted] = useState(false);
  const [original, setOriginal] = useState(false);
  const { quotedText, safeHtml } = contact.email!;
  return (
    <>
      <Flex gap={12} wrap>
        {quotedText && !quoted && (
          <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setQuoted(true)}>
            {say("showQuoted")}
          </Button>
        )}
        {safeHtml && (
          <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setOriginal(!original)}>
            {say(original ? "hideOriginal" : "showOriginal")}
          </Button>
        )}
      </Flex>
      {quoted && (
        <Typography.Paragraph type="secondary" className="said-text">
          {quotedText}
        </Typography.Paragraph>
      )}
      {original && <Original interactionId={contact.interactionId} html={safeHtml} />}
    </>
  );
}

const AGAIN: readonly string[] = ["STATE_FAILED", "STATE_BOUNCED", "STATE_SENDING"];

/** That a message has left is what one expects; all else is told, with what the service says why. */
function Delivered({ contact }: { contact: Interaction }) {
  const say = useWords();
  const label = useLabel();
  const format = useFormat();
  const may = useMay();
  const complain = useComplain();
  const { state, detail, notBeforeTime, plannedChannel, rerouteReason } = contact.delivery!;
  if (state === "STATE_SENT" && !rerouteReason) return null;
  const resend = async () => {
    await resendMessage(contact.interactionId, {}, once()).catch(complain);
    await queries.invalidateQueries({ queryKey: ["interactions"] });
  };
  const planned = rerouteReason && say("plannedOn", { channel: label("InteractionChannel", plannedChannel) });
  const waits =
    state === "STATE_QUEUED" && notBeforeTime && say("notBefore", { time: format.time(notBeforeTime) });
  return (
    <Alert
      style={{ marginTop: 8 }}
      type={state === "STATE_FAILED" || state === "STATE_BOUNCED" ? "error" : "info"}
      title={label("DeliveryState", state)}
      description={[detail, waits, planned, rerouteReason].filter(Boolean).join(" ")}
      action={
        AGAIN.includes(state) &&
        may("interaction", "send") && (
          <Button size="small" onClick={() => void resend()}>
            {say("resend")}
          </Button>
        )
      }
    />
  );
}
