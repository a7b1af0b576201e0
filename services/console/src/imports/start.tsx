// A file, what its rows are, and whose ids they have.
import { InboxOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Form, Input, Modal, Select, Upload } from "antd";
import { useState } from "react";
import { once, queries } from "../api/api.ts";
import { useMay } from "../api/session.ts";
import { useLabel } from "../text/texts.ts";
import { Problem } from "../ui/problem.tsx";
import { AREAS } from "./areas.ts";
import { useKinds } from "./data.ts";
import { useImports } from "./words.ts";

const SYSTEM = /^[a-z][a-z0-9_]{0,39}$/;

export function Start({ onEnd }: { onEnd: () => void }) {
  const say = useImports();
  const label = useLabel();
  const may = useMay();
  const navigate = useNavigate();
  const { data: kinds = [], error: unknown } = useKinds();
  const [file, setFile] = useState<File>();
  const [choice, setChoice] = useState("customer/customer");
  const [sourceSystem, setSystem] = useState("file");
  const [area = "", kind = ""] = choice.split("/");
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (chosen: File) => {
      const { create, upload } = AREAS[area]!;
      const { importId } = await create({ kind, sourceSystem, fileName: chosen.name }, once());
      return upload(importId, chosen);
    },
    onSuccess: async ({ importId }) => {
      await queries.invalidateQueries({ queryKey: ["imports"] });
      onEnd();
      await navigate({ to: "/imports/$area/$importId", params: { area, importId } });
    },
  });
  const options = kinds
    .filter((each) => may(AREAS[each.area]!.resource, "create"))
    .map((each) => ({ value: `${each.area}/${each.kind}`, label: label("ImportKind", each.kind) }));
  return (
    <Modal
      open
      title={say("start")}
      okText={say("upload")}
      okButtonProps={{ disabled: !file || !SYSTEM.test(sourceSystem) }}
      confirmLoading={isPending}
      onOk={() => file && mutate(file)}
      onCancel={onEnd}
    >
      <Form layout="vertical">
        <Form.Item label={say("file")} required>
          <Upload.Dragger
            maxCount={1}
            accept=".csv,.tsv,.txt,.xlsx,.vcf"
            fileList={file ? [{ uid: "file", name: file.name }] : []}
            onRemove={() => setFile(undefined)}
            beforeUpload={(chosen) => {
              setFile(chosen);
              return false; // it goes once the person says so
            }}
          >
            <InboxOutlined style={{ fontSize: 28 }} />
            <div>{say("drop")}</div>
            <small>{say("dropHint")}</small>
          </Upload.Dragger>
        </Form.Item>
        <Form.Item label={say("kind")} htmlFor="kind" required>
          <Select id="kind" value={choice} onChange={setChoice} options={options} />
        </Form.Item>
        <Form.Item
          label={say("system")}
          htmlFor="system"
          required
          help={say("systemHint")}
          validateStatus={SYSTEM.test(sourceSystem) ? "" : "error"}
        >
          <Input id="system" value={sourceSystem} onChange={({ target }) => setSystem(target.value)} />
        </Form.Item>
      </Form>
      {(error ?? unknown) && <Problem error={error ?? unknown} />}
    </Modal>
  );
}
