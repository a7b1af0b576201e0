// Choosing a colleague.
import { Select } from "antd";
import type { CSSProperties } from "react";
import { useUsers } from "./data.ts";

interface UserPickerProps {
  value?: string | undefined;
  onChange?: (userId: string) => void;
  label: string;
  id?: string;
  autoFocus?: boolean;
  style?: CSSProperties;
}

export function UserPicker({ label, ...rest }: UserPickerProps) {
  const users = useUsers();
  return (
    <Select
      {...rest}
      aria-label={label}
      placeholder={label}
      showSearch={{ optionFilterProp: "label" }}
      options={users
        .filter(({ state }) => state === "STATE_ACTIVE")
        .map(({ userId, displayName }) => ({ value: userId, label: displayName }))}
    />
  );
}
