// The frame of each dialog of the page: one key for however often it is sent.
import { useMutation } from "@tanstack/react-query";
import { App, type FormInstance } from "antd";
import { type ReactNode, useState } from "react";
import { once } from "../../../api/api.ts";
import { FormModal } from "../../../ui/form-modal.tsx";
import { renew } from "../data.ts";
import { useSeen } from "../seen.ts";

interface Props<V> {
  title: string;
  onClose: () => void;
  send: (values: V, headers: { "Idempotency-Key": string }) => Promise<unknown>;
  /** Said when it is done. */
  done: string;
  ok?: string;
  form?: FormInstance<V>;
  initial?: Partial<V>;
  children?: ReactNode;
}

export function FormDialog<V extends object>({ send, done, ok, onClose, ...rest }: Props<V>) {
  const { message } = App.useApp();
  const { customerId } = useSeen();
  // The same for each try: a lost answer does nothing twice, and a refusal has had no effect.
  const [headers] = useState(once);
  const save = useMutation({
    mutationFn: (values: V) => send(values, headers),
    onSuccess: () => {
      renew(customerId);
      void message.success(done);
      onClose();
    },
  });
  return (
    <FormModal<V>
      {...rest}
      verb={ok}
      busy={save.isPending}
      error={save.error}
      onSubmit={save.mutate}
      onClose={onClose}
    />
  );
}
