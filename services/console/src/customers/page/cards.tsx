// The cards of the portrait, in the order in which one looks for them.
import { Campaigns } from "./cards/campaigns.tsx";
import { Cases } from "./cards/cases.tsx";
import { Consents } from "./cards/consents.tsx";
import { Feedback } from "./cards/feedback.tsx";
import { Interactions } from "./cards/interactions.tsx";
import { Merges } from "./cards/merges.tsx";
import { Needs } from "./cards/needs.tsx";
import { Orders } from "./cards/orders.tsx";
import { Particulars } from "./cards/particulars.tsx";
import { Pipeline } from "./cards/pipeline.tsx";
import { Referral } from "./cards/referral.tsx";
import { Relationship } from "./cards/relationship.tsx";
import { Segments } from "./cards/segments.tsx";
import { Tasks } from "./cards/tasks.tsx";
import { Value } from "./cards/value.tsx";

export const Business = () => (
  <>
    <Value />
    <Pipeline />
    <Orders />
    <Cases />
    <Tasks />
    <Interactions />
    <Feedback />
    <Needs />
  </>
);

export const Relation = () => (
  <>
    <Particulars />
    <Consents />
    <Segments />
    <Campaigns />
    <Relationship />
    <Referral />
    <Merges />
  </>
);
