import { PlusOutlined } from "@ant-design/icons";
import { addTags, type Customer, removeTags } from "@guanxi/client/gen/guanxi";
import { useMutation } from "@tanstack/react-query";
import { Button, Flex, Input, Tag } from "antd";
import { useState } from "react";
import { once } from "../../api/api.ts";
import { useComplain } from "../../ui/problem.tsx";
import { keep } from "./data.ts";
import { useSeen } from "./seen.ts";
import { usePage } from "./words.ts";

export function Tags() {
  const say = usePage();
  const { customer, customerId, mayChange } = useSeen();
  const complain = useComplain();
  const change = useMutation({
    mutationFn: (act: () => Promise<Customer>) => act(),
    onSuccess: keep,
    onError: complain,
  });
  const [writing, setWriting] = useState(false);
  const add = (text: string) => {
    setWriting(false);
    const tag = text.trim();
    if (tag && !customer.tags.includes(tag))
      change.mutate(() => addTags(customerId, { tags: [tag] }, once()));
  };
  return (
    <Flex gap={6} wrap align="center" aria-label={say("tags")} role="group">
      {customer.tags.map((tag) => (
        <Tag
          key={tag}
          style={{ margin: 0 }}
          closable={mayChange && { "aria-label": say("removeTag", { tag }) }}
          onClose={(event) => {
            event.preventDefault();
            change.mutate(() => removeTags(customerId, { tags: [tag] }, once()));
          }}
        >
          {tag}
        </Tag>
      ))}
      {mayChange && writing && (
        <Input
          autoFocus
          size="small"
          maxLength={60}
          style={{ width: 120 }}
          aria-label={say("newTag")}
          placeholder={say("newTag")}
          onPressEnter={({ currentTarget }) => add(currentTarget.value)}
          onBlur={({ currentTarget }) => add(currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && setWriting(false)}
        />
      )}
      {mayChange && !writing && (
        <Button
          size="small"
          type="dashed"
          icon={<PlusOutlined />}
          loading={change.isPending}
          onClick={() => setWriting(true)}
        >
          {say("addTag")}
        </Button>
      )}
    </Flex>
  );
}
