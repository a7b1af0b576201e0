// A dialog with fields: sent by its button or by Ctrl-Enter, and not lost by a click beside it.
import { Flex, Form, type FormInstance, Modal } from "antd";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { Problem } from "./problem.tsx";
import { useUi } from "./words.ts";
import "./form-modal.css";

interface Props<V> {
  title: string;
  /** What its button says. */
  verb?: string | undefined;
  danger?: boolean | undefined;
  initial?: Partial<V> | undefined;
  form?: FormInstance<V> | undefined;
  busy: boolean;
  /** Why it was refused; what was typed stays. */
  error?: unknown;
  /** How that is told, where it is told otherwise than everywhere. */
  refused?: ((error: unknown) => ReactNode) | undefined;
  onSubmit: (entered: V) => void;
  onClose: () => void;
  children?: ReactNode;
}

export function FormModal<V extends object>(props: Props<V>) {
  const {
    title,
    verb,
    danger = false,
    initial = {},
    busy,
    error,
    refused,
    onSubmit,
    onClose,
    children,
  } = props;
  const ui = useUi();
  const [form] = Form.useForm<V>(props.form);
  const id = useId();
  const quick = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit();
  };
  return (
    <Modal
      open
      title={title}
      width={560}
      style={{ top: 40 }}
      okText={verb ?? ui("save")}
      okButtonProps={{ danger }}
      cancelText={ui("cancel")}
      confirmLoading={busy}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Flex vertical gap={12} onKeyDown={quick}>
        <Form<V>
          name={id} // of its own: what lies under it may have fields of the same names
          className="tight-form"
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={initial}
          onFinish={(entered) => {
            if (!busy) onSubmit(entered);
          }}
        >
          {children}
        </Form>
        {error !== undefined && error !== null && (refused?.(error) ?? <Problem error={error} />)}
      </Flex>
    </Modal>
  );
}
