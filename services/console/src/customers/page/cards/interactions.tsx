import { Typography } from "antd";
import { Age } from "../../../ui/age.tsx";
import { useCards } from "../card-words.ts";
import { Pairs, Part } from "../part.tsx";
import { useSeen } from "../seen.ts";

export function Interactions() {
  const say = useCards();
  const contact = useSeen().portrait.interactions;
  if (!contact) return null;
  const ago = (time: string | undefined) => (time ? <Age time={time} /> : say("never"));
  return (
    <Part title={say("interactions")} state={contact.state}>
      <Pairs
        of={[
          [say("lastIn"), ago(contact.lastInboundTime)],
          [say("lastOut"), ago(contact.lastOutboundTime)],
          [say("count90"), say("times", { count: contact.count90Days })],
        ]}
      />
      {contact.unanswered.length > 0 && (
        <Typography.Text type="warning">
          {say("waiting", { count: contact.unanswered.length })}
        </Typography.Text>
      )}
    </Part>
  );
}
