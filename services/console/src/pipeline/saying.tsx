import { Alert } from "antd";
import { type ComponentProps, useState } from "react";
import { ifMatch, once, problemOf } from "../api/api.ts";
import { FormModal } from "../ui/form-modal.tsx";
import { useComplain } from "../ui/problem.tsx";

type Props<V> = Omit<ComponentProps<typeof FormModal<V & object>>, "busy" | "error" | "onSubmit"> & {
  /** Closes it by itself, once it is said. */
  send: (entered: V) => Promise<void>;
};

/** A form that says one thing; what was typed stays where it is refused. */
export function Saying<V extends object>({ send, ...rest }: Props<V>) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async (entered: V) => {
    setBusy(true);
    setError(undefined);
    try {
      await send(entered);
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return <FormModal<V> {...rest} busy={busy} error={error} onSubmit={(entered) => void submit(entered)} />;
}

/** What holds for what is said here. */
export function Rule({ title, type = "info" }: { title: string; type?: "info" | "warning" }) {
  return <Alert type={type} showIcon title={title} style={{ marginBottom: 16 }} />;
}

/**
 * A record as the person saw it when beginning, for the page behind goes on being renewed. Where somebody else was quicker it is
 * read again, and the next try goes over that.
 */
export function useBegun<R extends { etag: string }>(record: R, readAgain: () => Promise<R>) {
  const complain = useComplain();
  const [read, setRead] = useState(record);
  const call = async (act: (headers: Record<string, string>) => Promise<R>): Promise<R> => {
    try {
      return await act({ ...ifMatch(read.etag), ...once() });
    } catch (error) {
      if (problemOf(error).status === 412) await readAgain().then(setRead, complain);
      throw error;
    }
  };
  return { read, call };
}
