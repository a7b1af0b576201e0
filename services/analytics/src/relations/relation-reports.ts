// What is reckoned of each subject. A period is of days, without its end.
import { QueryRelationFiguresRequest_Subject as Subject } from "@guanxi/contract/guanxi/analytics/v1/relation_figure_service";
import { Source_Channel } from "@guanxi/contract/guanxi/customer/v1/customer";
import { nameOf } from "@guanxi/kit/enum-names";
import { customerName } from "../labels.ts";
import type { Reckoned, Report } from "./relation-report.ts";

const within = (day: string) =>
  `(${day} >= asked.since or asked.since is null) and (${day} < asked.until or asked.until is null)`;
const counted = (figure: string, definition: string, where = "true"): Reckoned => ({
  figure,
  unit: "count",
  definition,
  numerator: `count(*) filter (where ${where})`,
});
/** Of millionths; coalesce, since there may be no row. */
const units = (micros: string) => `coalesce(sum(${micros}), 0)::numeric / 1000000`;

const churn: Report = {
  parts: `known as (
    select c.churn_reason, coalesce(${within("c.depart_date")} and c.depart_date is not null, false) as churned,
      (c.day < asked.since or asked.since is null) and (c.depart_date >= asked.since or c.depart_date is null
        or asked.since is null) as at_start
    from customer_facts c cross join asked where not c.merged and c.stage > 1 and (c.day < asked.until or asked.until is null)),
  whole as (select count(*) filter (where churned) as churned, count(*) filter (where at_start) as at_start from known)`,
  from: "known k where k.churned",
  key: "k.churn_reason",
  figures: [
    counted(
      "churned_customers",
      "Customers whose stage is DEPARTED since a day of the period. Whoever has come back since does not count any more.",
    ),
    {
      figure: "churn_share",
      unit: "ratio",
      definition: "Churned customers of the reason / all churned customers.",
      numerator: "count(*)",
      denominator: "(select churned from whole)",
    },
    {
      figure: "churn_rate",
      unit: "ratio",
      definition:
        "Churned customers who were customers at the start of the period / customers at its start: those registered before it, prospects and merged ones left out, who had not departed by then. Without a start, all registered before the end.",
      numerator: "count(*) filter (where k.at_start)",
      denominator: "(select at_start from whole)",
    },
  ],
};

const ENDED = "w.outcome is not null";

const winBack: Report = {
  parts: `known as (select w.* from win_back_facts w cross join asked where ${within("w.start_date")})`,
  from: "known w",
  key: "w.churn_reason",
  figures: [
    counted("win_back_attempts", "Attempts that began in the period."),
    counted("win_backs_open", "Attempts that began in the period and go on.", "w.outcome is null"),
    counted("won_back", "Attempts that ended with WON_BACK.", "w.outcome = 'WON_BACK'"),
    counted("lost", "Attempts that ended with LOST.", "w.outcome = 'LOST'"),
    counted("not_worth_it", "Attempts that ended with NOT_WORTH_IT.", "w.outcome = 'NOT_WORTH_IT'"),
    {
      figure: "win_back_rate",
      unit: "ratio",
      definition: "Attempts that ended with WON_BACK / attempts that have ended.",
      numerator: "count(*) filter (where w.outcome = 'WON_BACK')",
      denominator: `count(*) filter (where ${ENDED})`,
    },
  ],
};

/** What each customer of the period has bought up to now. */
const BOUGHT = (where: string) => `known as (
    select c.*, coalesce(b.micros, 0) as bought_micros from customer_facts c cross join asked
    left join lateral (select sum(d.net_micros) as micros from customer_days d
      where d.customer_id = c.customer_id and d.currency_code = asked.currency) b on true
    where not c.merged and ${within("c.day")} ${where})`;
const BUYER = "k.bought_micros > 0";
const BUYER_WORDS = "whose orders come to more than nothing";

const referral: Report = {
  parts: BOUGHT("and c.referrer_customer_id is not null"),
  from: "known k",
  key: "k.referrer_customer_id",
  label: customerName("key"),
  isOfCustomers: true,
  figures: [
    counted("referred_customers", "Customers registered in the period whom another customer sent."),
    counted("referred_buyers", `Those of them ${BUYER_WORDS}.`, BUYER),
    {
      figure: "referred_revenue",
      unit: "amount",
      definition: "Net amount of their orders up to now, returns with their minus.",
      numerator: units("k.bought_micros"),
    },
  ],
};

/** What a campaign cost falls in equal parts on the customers whose source names it, by its id or its name. */
const acquisition: Report = {
  parts: `${BOUGHT("")},
  named as (select c.source_campaign as name, count(*) as customers from customer_facts c
    where c.source_campaign is not null and not c.merged group by 1),
  names as (select f.campaign_id, n.name, f.cost_micros from campaign_facts f cross join asked
      cross join lateral (select f.campaign_id::text as name union select f.display_name) n
    where f.cost_currency_code = asked.currency and f.cost_micros is not null),
  shares as (select n.name, n.cost_micros::numeric / sum(m.customers) over (partition by n.campaign_id) as micros
    from names n join named m on m.name = n.name),
  brought as (select s.name, sum(s.micros) as cost_micros from shares s group by 1),
  valued as (
    select k.*, b.cost_micros, v.clv_micros from known k cross join asked
    left join brought b on b.name = k.source_campaign
    left join customer_values v on v.customer_id = k.customer_id and v.currency_code = asked.currency and not v.cleared)`,
  from: "valued k",
  key: "k.source",
  nameOf: (key) => nameOf(Source_Channel, Number(key)) ?? "",
  figures: [
    counted("acquired_customers", "Customers registered in the period, by the channel of the first touch."),
    counted("acquired_buyers", `Those of them ${BUYER_WORDS}.`, BUYER),
    {
      figure: "acquired_revenue",
      unit: "amount",
      definition: "Net amount of their orders up to now, returns with their minus.",
      numerator: units("k.bought_micros"),
    },
    {
      figure: "customer_lifetime_value_mean",
      unit: "amount",
      definition: "Sum of the lifetime values of the newest run / customers who have one.",
      numerator: units("k.clv_micros"),
      denominator: "count(k.clv_micros)",
    },
    {
      figure: "acquisition_cost_mean",
      unit: "amount",
      definition:
        "What campaigns cost that brought the customers / customers acquired. A campaign's cost falls in equal parts on all customers whose source names it.",
      numerator: units("k.cost_micros"),
      denominator: "count(*)",
    },
    {
      figure: "lifetime_value_to_cost",
      unit: "ratio",
      definition: "Sum of the lifetime values / what the campaigns cost that brought the customers.",
      numerator: units("k.clv_micros"),
      denominator: units("k.cost_micros"),
    },
  ],
};

const competitor: Report = {
  parts: `known as (select o.* from opportunity_facts o cross join asked
    where o.competitor_id is not null and o.stage_type in ('WON', 'LOST') and ${within("o.close_date")})`,
  from: "known k",
  key: "k.competitor_id",
  label: "(select n.display_name from competitors n where n.competitor_id = g.key::uuid)",
  figures: [
    counted("won_against", "Opportunities won in the period against the competitor.", "k.stage_type = 'WON'"),
    counted("lost_to", "Opportunities lost in the period to the competitor.", "k.stage_type = 'LOST'"),
    {
      figure: "win_rate_versus",
      unit: "ratio",
      definition:
        "Opportunities won / opportunities won or lost in the period in which the competitor is named.",
      numerator: "count(*) filter (where k.stage_type = 'WON')",
      denominator: "count(*)",
    },
  ],
};

const overInvestment: Report = {
  parts: `known as (select c.relationship_level, r.over_invested_time is not null as over_invested
    from customer_facts c cross join asked left join relationship_facts r on r.customer_id = c.customer_id
    where not c.archived and c.relationship_level is not null)`,
  from: "known k",
  key: "k.relationship_level",
  figures: [
    counted("relationships", "Customers in the active book whose relationship has a level, as it is now."),
    counted(
      "over_invested_relationships",
      "Those that cost more than they bring, by the last review.",
      "k.over_invested",
    ),
    {
      figure: "over_invested_share",
      unit: "ratio",
      definition: "Relationships that cost more than they bring / relationships that have a level.",
      numerator: "count(*) filter (where k.over_invested)",
      denominator: "count(*)",
    },
  ],
};

export const RELATION_REPORTS: Readonly<Partial<Record<Subject, Report>>> = {
  [Subject.CHURN]: churn,
  [Subject.WIN_BACK]: winBack,
  [Subject.REFERRAL]: referral,
  [Subject.ACQUISITION]: acquisition,
  [Subject.COMPETITOR]: competitor,
  [Subject.OVER_INVESTMENT]: overInvestment,
};
