import type { Case } from "./cases.ts";
import { csv, type SeedFile } from "./files.ts";
import type { Life } from "./life.ts";

export type SurveyIds = Readonly<Record<"nps" | "csat", string>>;

/** `now` is what all times of the life are counted back from. */
export function lifeFilesOf(life: Life, now: Date, surveyIds: SurveyIds): SeedFile[] {
  const time = (ago: number | undefined) =>
    ago === undefined ? "" : new Date(now.getTime() - ago * 60_000).toISOString();
  const isComplaint = ({ kind }: Case) => kind === "COMPLAINT";
  return [
    csv(
      "lead",
      life.leads.map((lead) => ({
        external_id: lead.id,
        person_name: lead.person,
        organisation_name: lead.organisation,
        job_title: lead.title,
        email: lead.email,
        phone: lead.phone,
        city: lead.city,
        region: lead.region,
        source_channel: lead.source.toUpperCase(),
        interest: lead.interest,
        status: lead.status,
        disqualify_reason: lead.dropReason,
        owner: lead.owner,
        create_date: time(lead.minutesAgo).slice(0, 10),
      })),
    ),
    csv(
      "case",
      life.cases
        .filter((each) => !isComplaint(each))
        .map((each) => ({ kind: each.kind, ...caseRow(each, time) })),
    ),
    csv(
      "complaint",
      life.cases
        .filter(isComplaint)
        .map((each) => ({ ...caseRow(each, time), root_cause: each.cause ?? "" })),
    ),
    csv(
      "interaction",
      life.talks.map((talk) => ({
        external_id: talk.id,
        channel: talk.channel,
        direction: talk.direction,
        customer: talk.customer,
        user: talk.user,
        subject: talk.subject,
        body: talk.body,
        event_time: time(talk.minutesAgo),
        duration_seconds: talk.seconds,
        outcome: talk.outcome,
      })),
    ),
    csv(
      "survey_answer",
      life.answers.map((answer) => ({
        external_id: answer.id,
        survey: surveyIds[answer.survey],
        customer: answer.customer,
        agent: answer.agent,
        answer_time: time(answer.minutesAgo),
        "question.recommend": answer.survey === "nps" ? answer.score : "",
        "question.satisfied": answer.survey === "csat" ? answer.score : "",
        "question.why": answer.why,
      })),
    ),
  ];
}

const caseRow = (each: Case, time: (ago: number | undefined) => string) => ({
  external_id: each.id,
  subject: each.subject,
  topic: each.topic,
  origin: each.origin,
  priority: each.priority,
  customer: each.customer,
  product: each.product,
  team: each.team,
  assignee: each.assignee,
  status: each.status,
  open_time: time(each.opened),
  first_response_time: time(each.answered),
  resolve_time: time(each.resolved),
  close_time: time(each.closed),
  timely: said(each.timely),
  sla_met: said(each.kept),
  resolution: each.resolution ?? "",
});

const said = (value: boolean | undefined): string => (value === undefined ? "" : String(value));
