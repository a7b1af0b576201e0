// Inputs whose value is text as these surfaces keep it: days as 2026-11-22, amounts as typed.
import { DatePicker, InputNumber } from "antd";
import dayjs from "dayjs";
import type { CSSProperties } from "react";
import { todayText } from "./days.ts";

interface DayProps {
  value?: string;
  onChange?: (day: string) => void;
  label?: string;
  id?: string;
  /** No day after today. */
  past?: boolean;
  autoFocus?: boolean;
  allowClear?: boolean;
}

export function DayInput({
  value = "",
  onChange,
  label,
  past = false,
  allowClear = true,
  ...rest
}: DayProps) {
  return (
    <DatePicker
      {...rest}
      {...(label && { "aria-label": label })}
      allowClear={allowClear}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format("YYYY-MM-DD") : "")}
      {...(past && { maxDate: dayjs(todayText()) })}
      style={FULL}
    />
  );
}

interface AmountProps {
  value?: string;
  onChange?: (typed: string) => void;
  currencyCode: string;
  label?: string;
  id?: string;
  autoFocus?: boolean;
}

export function AmountInput({ value = "", onChange, currencyCode, label, ...rest }: AmountProps) {
  return (
    <InputNumber<string>
      {...rest}
      {...(label && { "aria-label": label })}
      stringMode
      min="0"
      controls={false}
      value={value === "" ? null : value}
      onChange={(typed) => onChange?.(typed ?? "")}
      formatter={(typed) => (typed ?? "").replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ",")}
      parser={(text) => (text ?? "").replaceAll(/[^\d.]/g, "")}
      suffix={currencyCode}
      style={FULL}
    />
  );
}

const FULL: CSSProperties = { width: "100%" };
