// Which right each kind of event needs. A new aggregate fails here until somebody has looked at what it is read by.
import { loadContract } from "@guanxi/kit/contract";
import { expect, test } from "vitest";
import { resourcesOf } from "../src/stream-resources.ts";

/** By area: the aggregate and the resource of those who may read it. */
const READ_BY: Record<string, Record<string, string>> = {
  analytics: {
    ComplaintCauseWatch: "complaint_cause_watch",
    CustomerValue: "customer_value",
    ValuePlan: "customer_value",
  },
  customer: {
    Category: "category",
    Contact: "contact",
    Customer: "customer",
    DuplicatePair: "customer",
    FieldDefinition: "field_definition",
    HandOver: "hand_over",
    LeadIntake: "lead_intake",
    LifecyclePolicy: "lifecycle_policy",
    PoolPolicy: "pool_policy",
    Relationship: "relationship",
    RelationshipPolicy: "relationship_policy",
    Segment: "segment",
    SegmentMembership: "segment",
    WinBack: "win_back",
    WinBackPolicy: "win_back_policy",
  },
  identity: {
    Team: "team",
    Tenant: "tenant",
    User: "user",
  },
  interaction: {
    CarePlan: "care_plan",
    Conversation: "conversation",
    Feedback: "feedback",
    FeedbackPolicy: "feedback",
    Interaction: "interaction",
    Mailbox: "mailbox",
    ResponseTarget: "response_target",
    ReturnVisit: "return_visit",
    Survey: "survey",
    SurveyRun: "survey",
    SurveyInvitation: "survey_invitation",
    Task: "task",
    Visit: "visit",
  },
  marketing: {
    Campaign: "campaign",
    CampaignMember: "campaign",
    CampaignMessage: "campaign",
    Competitor: "competitor",
    EventGuest: "event_guest",
    MarketStudy: "market_study",
    MarketingEvent: "marketing_event",
    MarketingPlan: "marketing_plan",
    MessageTemplate: "message_template",
    Playbook: "playbook",
    PlaybookRun: "playbook",
    SendingPolicy: "campaign",
    Suppression: "suppression",
  },
  sales: {
    Lead: "lead",
    Opportunity: "opportunity",
    Order: "order",
    Pipeline: "pipeline",
    Product: "product",
  },
  service_desk: {
    Case: "case",
    CaseProcess: "case_process",
    CorrectiveAction: "corrective_action",
    Need: "need",
    Notice: "notice",
    Queue: "queue",
    RoutingPolicy: "routing_policy",
    ServiceCalendar: "service_calendar",
    SlaPolicy: "sla_policy",
  },
};

test("every event is told to those who may read what it is about, and to nobody else", () => {
  const found: Record<string, Record<string, string>> = {};
  for (const [type, resource] of resourcesOf(loadContract())) {
    const [, area = "", , name = ""] = type.split(".");
    (found[area] ??= {})[name] = resource;
  }
  expect(found).toEqual(READ_BY);
});
