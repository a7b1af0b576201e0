// A question with fields. It closes when it is done; what failed leaves it open, with all that was written.
import { Typography } from "antd";
import type { ReactNode } from "react";
import { FormModal } from "../../ui/form-modal.tsx";

interface Props<T> {
  title: string;
  ok: string;
  hint?: ReactNode;
  initial?: Partial<T>;
  busy: boolean;
  danger?: boolean;
  submit: (values: T) => Promise<boolean>;
  onEnd: () => void;
  children: ReactNode;
}

export function FormDialog<T extends object>({ ok, hint, submit, onEnd, children, ...rest }: Props<T>) {
  const finish = async (values: T) => {
    if (await submit(values)) onEnd();
  };
  return (
    <FormModal<T> {...rest} verb={ok} onSubmit={(values) => void finish(values)} onClose={onEnd}>
      {hint && (
        <Typography.Paragraph type="secondary" style={{ marginBottom: 16 }}>
          {hint}
        </Typography.Paragraph>
      )}
      {children}
    </FormModal>
  );
}
