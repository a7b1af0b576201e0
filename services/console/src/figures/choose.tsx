import { Segmented } from "antd";

interface Props<V extends string> {
  label: string;
  options: { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}

export function Choose<V extends string>({ label, options, value, onChange }: Props<V>) {
  return (
    <div style={{ overflowX: "auto", maxWidth: "100%" }}>
      <Segmented size="small" aria-label={label} options={options} value={value} onChange={onChange} />
    </div>
  );
}
