// The mail as it came, cleaned by the service, in a frame without scripts, forms, or a way to the page around it.
import { DownloadOutlined } from "@ant-design/icons";
import { interactionDownloadAttachment, interactionListAttachments } from "@guanxi/client/gen/guanxi";
import { useQuery } from "@tanstack/react-query";
import { Button, Flex } from "antd";
import { useMay } from "../../api/session.ts";
import { useComplain } from "../../ui/problem.tsx";
import { useWords } from "../words.ts";
import { save } from "../../ui/save.ts";

export function Original({ interactionId, html }: { interactionId: string; html: string }) {
  const say = useWords();
  return (
    <>
      <iframe className="original" title={say("original")} sandbox="" srcDoc={html} />
      <MailFiles interactionId={interactionId} />
    </>
  );
}

function MailFiles({ interactionId }: { interactionId: string }) {
  const say = useWords();
  const may = useMay();
  const complain = useComplain();
  const { data } = useQuery({
    queryKey: ["interactions", "files", interactionId],
    queryFn: ({ signal }) =>
      interactionListAttachments({ recordKind: "interaction", recordId: interactionId }, { signal }),
    enabled: may("attachment", "read"),
  });
  const download = (id: string, name: string) =>
    interactionDownloadAttachment(id).then((blob) => save(blob, name), complain);
  return (
    <Flex gap={8} wrap style={{ marginTop: 8 }}>
      {data?.attachments.map(({ attachmentId, fileName }) => (
        <Button
          key={attachmentId}
          size="small"
          icon={<DownloadOutlined />}
          aria-label={say("download", { name: fileName })}
          onClick={() => void download(attachmentId, fileName)}
        >
          {fileName}
        </Button>
      ))}
    </Flex>
  );
}
