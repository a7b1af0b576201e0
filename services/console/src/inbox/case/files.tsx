import { DeleteOutlined, DownloadOutlined, InboxOutlined } from "@ant-design/icons";
import {
  type Attachment,
  type Case,
  serviceDeskDownloadAttachment,
  serviceDeskRemoveAttachment,
  serviceDeskUploadAttachment,
} from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex, Popconfirm, Typography, Upload } from "antd";
import { once, queries } from "../../api/api.ts";
import { useMay } from "../../api/session.ts";
import { useFormat } from "../../text/format.ts";
import { Loading } from "../../ui/loading.tsx";
import { Problem, useComplain } from "../../ui/problem.tsx";
import { useUi } from "../../ui/words.ts";
import { filesQuery, useNames } from "../data.ts";
import { useWords } from "../words.ts";
import { save } from "../../ui/save.ts";

export function Files({ it }: { it: Case }) {
  const say = useWords();
  const may = useMay();
  const complain = useComplain();
  const { data, error, refetch } = useQuery(filesQuery(it.caseId));
  if (error) return <Problem error={error} again={() => void refetch()} />;
  if (!data) return <Loading rows={3} />;
  const upload = async (file: File) => {
    await serviceDeskUploadAttachment("case", it.caseId, file.name, file).catch(complain);
    await queries.invalidateQueries(filesQuery(it.caseId));
  };
  return (
    <Flex vertical gap={8}>
      {data.attachments.map((file) => (
        <FileRow key={file.attachmentId} file={file} caseId={it.caseId} />
      ))}
      {may("attachment", "create") && (
        <Upload.Dragger
          multiple
          showUploadList={false}
          beforeUpload={(file) => {
            void upload(file);
            return false;
          }}
        >
          <Typography.Text strong>
            <InboxOutlined /> {say("upload")}
          </Typography.Text>
          <div>
            <Typography.Text type="secondary">{say("noFilesHint")}</Typography.Text>
          </div>
        </Upload.Dragger>
      )}
    </Flex>
  );
}

function FileRow({ file, caseId }: { file: Attachment; caseId: string }) {
  const say = useWords();
  const ui = useUi();
  const may = useMay();
  const format = useFormat();
  const nameOf = useNames();
  const complain = useComplain();
  const { attachmentId, fileName: name } = file;
  const download = () =>
    serviceDeskDownloadAttachment(attachmentId).then((blob) => save(blob, name), complain);
  const remove = async () => {
    await serviceDeskRemoveAttachment(attachmentId, {}, once()).catch(complain);
    await queries.invalidateQueries(filesQuery(caseId));
  };
  return (
    <Flex justify="space-between" align="center" gap={8}>
      <div style={{ minWidth: 0 }}>
        <Typography.Text ellipsis={{ tooltip: name }}>{name}</Typography.Text>
        <div>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {[
              `${format.number(Number(file.sizeBytes) / 1024, 0)} kB`,
              nameOf(file.createdBy),
              format.time(file.createTime),
            ]
              .filter(Boolean)
              .join(" · ")}
          </Typography.Text>
        </div>
      </div>
      <Flex gap={4}>
        <Button
          type="text"
          icon={<DownloadOutlined />}
          aria-label={say("download", { name })}
          onClick={() => void download()}
        />
        {may("attachment", "remove") && (
          <Popconfirm
            title={say("removeFile", { name })}
            description={say("removeFileSure")}
            okText={ui("remove")}
            cancelText={ui("cancel")}
            onConfirm={() => void remove()}
          >
            <Button type="text" danger icon={<DeleteOutlined />} aria-label={say("removeFile", { name })} />
          </Popconfirm>
        )}
      </Flex>
    </Flex>
  );
}
