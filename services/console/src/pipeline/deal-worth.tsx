// What an opportunity is worth and what it is about.
import {
  ForecastCategory,
  type Opportunity,
  type OpportunityPatch,
  OpportunityType,
  type Pipeline,
} from "@guanxi/client/gen/guanxi";
import { InputNumber, Select } from "antd";
import { useMe } from "../api/session.ts";
import { useFormat } from "../text/format.ts";
import { useLabel } from "../text/texts.ts";
import { useCompetitors, useProducts } from "./data.ts";
import { AmountInput } from "./editors.tsx";
import { Field } from "./field.tsx";
import { moneyOf, typedOf } from "../text/money.ts";
import type { Change } from "./saving.ts";
import { useShown } from "./shown.ts";
import { useWords } from "./words.ts";

export interface DealFieldsProps {
  deal: Opportunity;
  pipeline: Pipeline;
  /** Undefined where nothing can be changed. */
  save: ((change: Change<OpportunityPatch>) => Promise<boolean>) | undefined;
}

export function MoneyFields({ deal, pipeline, save }: DealFieldsProps) {
  const say = useWords();
  const label = useLabel();
  const format = useFormat();
  const { tenant } = useMe();
  const { shown } = useShown(pipeline);
  const currencyCode = deal.amount?.currencyCode ?? tenant.currencyCode;
  return (
    <>
      <Field
        label={say("amount")}
        shown={format.money(deal.amount)}
        value={typedOf(deal.amount)}
        editor={(draft, change) => (
          <AmountInput
            label={say("amount")}
            currencyCode={currencyCode}
            value={draft}
            onChange={change}
            autoFocus
          />
        )}
        save={save && ((typed) => save({ amount: moneyOf(typed, currencyCode) ?? null }))}
      />
      <Field
        label={say("probability")}
        shown={`${shown("probability", deal.probability)} · ${say(deal.probabilityManual ? "byHand" : "byStage")}`}
        value={deal.probability}
        editor={(draft, change) => (
          <InputNumber
            aria-label={say("probability")}
            autoFocus
            min={0}
            max={100}
            precision={0}
            suffix="%"
            value={draft}
            onChange={(typed) => change(typed ?? 0)}
          />
        )}
        save={save && ((probability) => save({ probability }))}
      />
      <Field label={say("weightedAmount")} shown={format.money(deal.weightedAmount)} />
      <Field
        label={say("category")}
        shown={label("ForecastCategory", deal.forecastCategory)}
        value={deal.forecastCategory}
        editor={(draft, change) => (
          <Select
            aria-label={say("category")}
            autoFocus
            value={draft}
            onChange={change}
            options={valuesOf(ForecastCategory).map((value) => ({
              value,
              label: label("ForecastCategory", value),
            }))}
          />
        )}
        save={save && ((forecastCategory) => save({ forecastCategory }))}
      />
    </>
  );
}

/** What one can choose of an enum. */
const valuesOf = <V extends string>(known: Record<string, V>): V[] =>
  Object.values(known).filter((value) => !value.endsWith("UNSPECIFIED"));

export function MoreFields({ deal, pipeline, save }: DealFieldsProps) {
  const say = useWords();
  const label = useLabel();
  const products = useProducts();
  const competitors = useCompetitors();
  const { shown } = useShown(pipeline);
  return (
    <>
      <Field
        label={say("type")}
        shown={label("OpportunityType", deal.type)}
        value={deal.type}
        editor={(draft, change) => (
          <Select
            aria-label={say("type")}
            autoFocus
            value={draft.endsWith("UNSPECIFIED") ? null : draft}
            onChange={(type) => change(type ?? "TYPE_UNSPECIFIED")}
            allowClear
            options={valuesOf(OpportunityType).map((value) => ({
              value,
              label: label("OpportunityType", value),
            }))}
          />
        )}
        save={save && ((type) => save({ type }))}
      />
      <Field
        label={say("products")}
        shown={shown("productIds", deal.productIds.length > 0 ? deal.productIds : "")}
        value={deal.productIds}
        editor={(draft, change) => (
          <Select
            aria-label={say("products")}
            mode="multiple"
            autoFocus
            value={draft}
            onChange={change}
            showSearch={{ optionFilterProp: "label" }}
            options={(products.data ?? []).map(({ productId, displayName }) => ({
              value: productId,
              label: displayName,
            }))}
          />
        )}
        save={save && products.data && ((productIds) => save({ productIds }))}
      />
      {(deal.competitorId !== "" || (competitors.data ?? []).length > 0) && (
        <Field<string | undefined>
          label={say("competitor")}
          shown={shown("competitorId", deal.competitorId)}
          value={deal.competitorId || undefined}
          editor={(draft, change) => (
            <Select
              aria-label={say("competitor")}
              autoFocus
              allowClear
              value={draft ?? null}
              onChange={(id) => change(id ?? undefined)}
              options={(competitors.data ?? []).map(({ competitorId, name }) => ({
                value: competitorId,
                label: name,
              }))}
            />
          )}
          save={save && ((competitorId) => save({ competitorId: competitorId ?? "" }))}
        />
      )}
    </>
  );
}
