import type { Consent, Money, Portrait, PortraitCase } from "@guanxi/client/gen/guanxi";
import { Link } from "@tanstack/react-router";
import { Flex, Typography } from "antd";
import type { ReactNode } from "react";
import { amountOf, useFormat } from "../../text/format.ts";
import { useLabel } from "../../text/texts.ts";
import { useReason } from "../../customers/page/step-reason.ts";
import { Age } from "../../ui/age.tsx";
import { useWords } from "../words.ts";
import { Part } from "./part.tsx";

interface Props {
  portrait: Portrait;
}

const Quiet = ({ children }: { children: ReactNode }) => (
  <Typography.Text type="secondary" style={{ fontSize: 13 }}>
    {children}
  </Typography.Text>
);

export function NextStepsPart({ portrait }: Props) {
  const say = useWords();
  const format = useFormat();
  const reasonOf = useReason();
  const { nextSteps } = portrait;
  return (
    <Part title={say("nextSteps")}>
      {nextSteps.length === 0 && <Quiet>{say("noNextSteps")}</Quiet>}
      <ul className="side-rows">
        {nextSteps.slice(0, 3).map((step) => (
          <li key={`${step.rule} ${step.link?.id} ${step.reason}`}>
            {reasonOf(step, portrait)}
            {step.dueTime && (
              <div>
                <Quiet>{say("dueBy", { time: format.time(step.dueTime) })}</Quiet>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function CasesPart({ portrait: { cases }, caseId }: Props & { caseId: string }) {
  const say = useWords();
  const others = (cases?.open ?? []).filter((each) => each.caseId !== caseId);
  const breached = cases?.breachedCount ?? 0;
  return (
    <Part title={say("openCases")} state={cases?.state}>
      <Typography.Text type={breached > 0 ? "danger" : "secondary"} style={{ fontSize: 13 }}>
        {say("casesCount", { count: cases?.openCount ?? 0, breached })}
      </Typography.Text>
      <ul className="side-rows">
        {others.slice(0, 5).map((each) => (
          <CaseRow key={each.caseId} it={each} />
        ))}
      </ul>
    </Part>
  );
}

function CaseRow({ it }: { it: PortraitCase }) {
  const label = useLabel();
  return (
    <li>
      <Link from="/inbox" to="/inbox" search={(before) => ({ ...before, case: it.caseId })}>
        #{it.number} {it.subject}
      </Link>
      <div>
        <Quiet>
          {label("CaseKind", `KIND_${it.kind}`)} · {label("CaseStatus", `STATUS_${it.status}`)}
        </Quiet>
      </div>
    </li>
  );
}

export function ContactsPart({ portrait: { interactions } }: Props) {
  const say = useWords();
  const label = useLabel();
  const last = interactions?.last ?? [];
  return (
    <Part title={say("lastContacts")} state={interactions?.state}>
      {last.length === 0 && <Quiet>{say("noTalk")}</Quiet>}
      <ul className="side-rows">
        {last.slice(0, 4).map(({ interactionId, channel, direction, subject, eventTime }) => (
          <li key={interactionId}>
            <Flex justify="space-between" gap={8}>
              <Typography.Text ellipsis={{ tooltip: subject }} style={{ fontSize: 13 }}>
                {direction === "INTERNAL"
                  ? say("internal")
                  : label("InteractionChannel", `CHANNEL_${channel}`)}{" "}
                {subject}
              </Typography.Text>
              <span style={{ flex: "none" }}>
                <Quiet>
                  <Age time={eventTime} />
                </Quiet>
              </span>
            </Flex>
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function ValuePart({ portrait: { orders, value } }: Props) {
  const say = useWords();
  const format = useFormat();
  const sum = (money: Money | undefined) =>
    money ? format.shortMoney(amountOf(money), money.currencyCode) : "";
  const day = value?.nextPurchaseDate;
  const rows: [string, string][] = [
    [say("revenue"), sum(orders?.revenue)],
    [say("clv"), sum(value?.clv)],
    [say("nextPurchase"), day ? format.date(dayOf(day)) : ""],
  ];
  return (
    <Part title={say("value")} state={orders?.state}>
      <ul className="side-rows">
        {rows
          .filter(([, text]) => text !== "")
          .map(([name, text]) => (
            <li key={name}>
              <Flex justify="space-between" gap={8}>
                <Quiet>{name}</Quiet>
                {text}
              </Flex>
            </li>
          ))}
      </ul>
    </Part>
  );
}

const dayOf = ({ year, month, day }: { year: number; month: number; day: number }) =>
  new Date(year, month - 1, day);

export function PeoplePart({ portrait: { people } }: Props) {
  const say = useWords();
  const shown = people?.people.slice(0, 4) ?? [];
  if (shown.length === 0) return null;
  return (
    <Part title={say("people")} state={people?.state}>
      <ul className="side-rows">
        {shown.map(({ contactId, displayName, title }) => (
          <li key={contactId}>
            {displayName} <Quiet>{title}</Quiet>
          </li>
        ))}
      </ul>
    </Part>
  );
}

export function ConsentsPart({ portrait: { customer } }: Props) {
  const say = useWords();
  const consents = customer?.consents ?? [];
  return (
    <Part title={say("consents")}>
      {consents.length === 0 && <Quiet>{say("noConsents")}</Quiet>}
      <ul className="side-rows">
        {consents.map((consent) => (
          <ConsentRow key={`${consent.channel} ${consent.purpose}`} consent={consent} />
        ))}
      </ul>
    </Part>
  );
}

const PURPOSES: readonly string[] = ["service", "marketing", "survey"];

function ConsentRow({ consent: { channel, purpose, state } }: { consent: Consent }) {
  const say = useWords();
  const label = useLabel();
  const known = PURPOSES.includes(purpose);
  return (
    <li>
      <Flex justify="space-between" gap={8}>
        <span>
          {label("CustomerChannel", channel)} · {known ? say(`purpose.${purpose as "service"}`) : purpose}
        </span>
        <Quiet>{label("ConsentState", state)}</Quiet>
      </Flex>
    </li>
  );
}
